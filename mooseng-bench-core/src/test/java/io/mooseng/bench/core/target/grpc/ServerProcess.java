package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/** An embedded server in a JVM of its own, which can be killed. */
final class ServerProcess {

  private ServerProcess() {}

  /** Starts it; the first line of its output is its address. It ends when its input ends. */
  static Process start() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            ServerProcess.class.getName())
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  public static void main(String[] arguments) throws IOException {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory())) {
      System.out.println(server.address());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
