package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** An embedded server in a JVM of its own, which can be killed. */
final class ServerProcess {

  private ServerProcess() {}

  /** Starts it; the first line of its output is its address. It ends when its input ends. */
  static Process start() throws IOException {
    return start(List.of());
  }

  /** As {@link #start()}, with a store in a directory. */
  static Process startIn(Path directory) throws IOException {
    return start(List.of(directory.toString()));
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ServerProcess.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
  }

  public static void main(String[] arguments) throws IOException {
    ServerSettings settings =
        arguments.length == 0
            ? ServerSettings.inMemory()
            : ServerSettings.inDirectory(Path.of(arguments[0]));
    try (MooseNgServer server = MooseNgServer.start(settings)) {
      System.out.println(server.address());
      System.in.transferTo(OutputStream.nullOutputStream());
    }
  }
}
