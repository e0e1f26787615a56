package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.model.OperationException;
import java.nio.file.Path;

/** Finds out whether the embedded server can run here. */
public final class EmbeddedServers {

  private EmbeddedServers() {}

  /**
   * Starts a server as the run would, and ends it again.
   *
   * @throws OperationException if it does not start, with what it said
   */
  public static void check(RunSettings settings, Path scratch) throws OperationException {
    ServedStore.startServer(
            settings, new ServedTls(settings.tls(), false), settings.fsync(), scratch)
        .close();
  }
}
