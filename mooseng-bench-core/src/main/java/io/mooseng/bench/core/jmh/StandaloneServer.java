package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.process.ScratchDirectory;
import io.mooseng.bench.core.process.TemporaryDirectories;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import java.io.IOException;
import java.util.Optional;

/** An embedded server for one benchmark that was started without a run, as IDE plugins do. */
final class StandaloneServer {

  private StandaloneServer() {}

  /** A driver of a fresh server; the server ends with this JVM. */
  static TargetDriver open(Optional<ConnectionSettings> connections) throws OperationException {
    try {
      ScratchDirectory scratch = TemporaryDirectories.ofSystem().create("ide");
      ServerProcess server =
          ServerProcess.start(
              new ServerProcess.Options(
                  Optional.empty(),
                  false,
                  new ServedTls(TlsFiles.NONE, false),
                  scratch.path(),
                  scratch.path().resolve("server.err"),
                  ServerStart.LOCAL));
      Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server, scratch)));
      TargetOptions options = TargetOptions.defaults();
      return Targets.open(server.uri(), connections.map(options::withConnections).orElse(options));
    } catch (IOException e) {
      throw new OperationException(
          FailureKind.UNAVAILABLE, "no temporary directory: " + e.getMessage(), e);
    }
  }

  private static void end(ServerProcess server, ScratchDirectory scratch) {
    server.close();
    try {
      scratch.close();
    } catch (IOException e) {
      System.err.println("left behind: " + scratch.path() + " (" + e.getMessage() + ")");
    }
  }
}
