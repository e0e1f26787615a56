package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A server of Debian's package postgresql, on loopback, with data of its own. */
final class PostgresServer implements AutoCloseable {

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final String USER = "postgres";

  private final Script script;
  private final Path programs;
  private final Path data;
  private final int port;

  private PostgresServer(Script script, Path programs, Path data, int port) {
    this.script = script;
    this.programs = programs;
    this.data = data;
    this.port = port;
  }

  /** Skips the test, with the reason, where there is none. */
  static PostgresServer start(Path directory) throws IOException, InterruptedException {
    Optional<Path> programs = programs();
    assumeTrue(programs.isPresent(), "needs " + VERSIONS + ": apt-get install postgresql");
    boolean root = System.getProperty("user.name").equals("root");
    // It refuses to run as root, and its user must reach its data.
    Path data = Files.createTempDirectory(Path.of("/tmp"), "mooseng-bench-postgres");
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    PostgresServer server =
        new PostgresServer(new Script(directory), programs.get(), data.resolve("data"), port);
    if (root) {
      server.script.execute(Map.of(), List.of("chown", USER, data.toString())).exited(0);
    }
    server.as("initdb", "-D", server.data.toString(), "-A", "trust", "-U", "bench", "--no-sync");
    server.as(
        "pg_ctl",
        "-D",
        server.data.toString(),
        "-w",
        "-l",
        data.resolve("log").toString(),
        "-o",
        "-c listen_addresses=127.0.0.1 -c port="
            + port
            + " -c unix_socket_directories= -c fsync=off",
        "start");
    return server;
  }

  private static Optional<Path> programs() throws IOException {
    if (!Files.isDirectory(VERSIONS)) {
      return Optional.empty();
    }
    try (Stream<Path> versions = Files.list(VERSIONS)) {
      return versions
          .map(version -> version.resolve("bin"))
          .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
          .max(Comparator.naturalOrder());
    }
  }

  private JarRun as(String program, String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      command.addAll(List.of("setpriv", "--reuid=" + USER, "--regid=" + USER, "--clear-groups"));
    }
    command.add(programs.resolve(program).toString());
    command.addAll(List.of(arguments));
    return script.execute(Map.of("LC_ALL", "C"), command).exited(0);
  }

  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=bench";
  }

  @Override
  public void close() throws IOException {
    try {
      as("pg_ctl", "-D", data.toString(), "-m", "immediate", "-w", "stop");
      String all = data.getParent().toString();
      assertThat(script.execute(Map.of(), List.of("rm", "-rf", all)).exitCode()).isZero();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
