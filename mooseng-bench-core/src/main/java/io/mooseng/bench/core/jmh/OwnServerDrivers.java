package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import java.nio.file.Path;
import java.util.Optional;

/** Opens an embedded server in this JVM for every driver; for one driver at a time. */
final class OwnServerDrivers implements ForkContext.DriverSource {

  private final TargetAccess.OwnServer wanted;
  private final TargetOptions options;
  private InProcessServer server;

  OwnServerDrivers(TargetAccess.OwnServer wanted, TargetOptions options) {
    this.wanted = wanted;
    this.options = options;
  }

  @Override
  public TargetDriver open(Optional<ConnectionSettings> connections) throws OperationException {
    server =
        InProcessServer.start(
            Optional.ofNullable(wanted.store()).map(Path::of), options.fsync(), options.tls());
    try {
      return Targets.open(server.uri(), connections.map(options::withConnections).orElse(options));
    } catch (OperationException e) {
      closed();
      throw e;
    }
  }

  @Override
  public void closed() {
    server.close();
  }
}
