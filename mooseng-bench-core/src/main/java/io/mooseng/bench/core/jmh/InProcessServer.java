package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.server.settings.TlsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** The embedded server in this JVM, on an ephemeral loopback port; for debugging. */
final class InProcessServer implements EmbeddedServer {

  private final MooseNgServer server;

  private InProcessServer(MooseNgServer server) {
    this.server = server;
  }

  /**
   * Starts a server.
   *
   * @param store a directory, or empty for memory
   * @throws OperationException UNAVAILABLE if it cannot start
   */
  static InProcessServer start(Optional<Path> store, boolean fsync, TlsFiles tls)
      throws OperationException {
    ServerSettings settings =
        store.map(ServerSettings::inDirectory).orElseGet(ServerSettings::inMemory).withFsync(fsync);
    if (tls.certificate().isPresent()) {
      settings =
          settings.withTls(
              new TlsSettings(tls.certificate().get(), tls.key().orElseThrow(), Optional.empty()));
    }
    try {
      return new InProcessServer(MooseNgServer.start(settings));
    } catch (IOException e) {
      throw new OperationException(
          FailureKind.UNAVAILABLE, "the embedded server did not start: " + e.getMessage(), e);
    }
  }

  @Override
  public String uri() {
    return "mooseng://127.0.0.1:" + server.port();
  }

  @Override
  public long pid() {
    return 0;
  }

  @Override
  public boolean isAlive() {
    return true;
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException e) {
      System.err.println("the server did not end cleanly: " + e.getMessage());
    }
  }
}
