package io.mooseng.bench.core.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts a main class of the tests in a JVM of its own. */
public final class ChildJvm {

  private ChildJvm() {}

  public static ProcessBuilder of(Class<?> main, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-cp"));
    command.add(System.getProperty("java.class.path"));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
  }

  /** Prints a line and stays until it is killed. */
  static void printAndStay(String line) throws InterruptedException {
    System.out.println(line);
    System.out.flush();
    new CountDownLatch(1).await();
  }

  /** Starts another JVM and stays. */
  static final class Parent {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      of(Watched.class, ProcessIdentity.current().toString(), arguments[0], arguments[1])
          .start()
          .waitFor();
    }
  }

  /**
   * Is watched over; writes a file when its parent is gone. It holds a connection, whose end tells
   * the test that this process is gone: the test is no parent of it and cannot wait for it.
   */
  static final class Watched {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      try (Socket socket =
          new Socket(InetAddress.getLoopbackAddress(), Integer.parseInt(arguments[1]))) {
        ParentWatchdog.watch(
            ProcessIdentity.parse(arguments[0]), () -> write(Path.of(arguments[2])));
        socket.getOutputStream().write("watched\n".getBytes(StandardCharsets.US_ASCII));
        new CountDownLatch(1).await();
      }
    }

    private static void write(Path trace) {
      try {
        Files.writeString(trace, "cleaned up");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /** Makes a scratch directory with a file in it and stays. */
  static final class ScratchOwner {
    public static void main(String[] arguments) throws IOException, InterruptedException {
      Path scratch = new TemporaryDirectories(Path.of(arguments[0])).create("child").path();
      Files.createDirectories(scratch.resolve("a/b"));
      Files.writeString(scratch.resolve("a/b/file"), "content");
      printAndStay(scratch.toString());
    }
  }
}
