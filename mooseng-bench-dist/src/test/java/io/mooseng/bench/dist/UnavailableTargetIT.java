package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when the target is not there, or is something else. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class UnavailableTargetIT {

  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  /** tcpmux, RFC 1078: nothing has listened there for decades. */
  private static final String NOBODY = "127.0.0.1:1";

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  @Test
  void aTargetThatIsDownIsToldInOneLine() throws IOException, InterruptedException {
    run("mooseng://" + NOBODY).exited(4).saidInOneLine(NOBODY, "refused");
  }

  @Test
  void aHostThatDoesNotExistIsToldInOneLine() throws IOException, InterruptedException {
    run("mooseng://no-such-host.invalid:9422").exited(4).saidInOneLine("no-such-host.invalid");
  }

  @Test
  void anHttpServerIsToldInOneLine() throws IOException, InterruptedException {
    HttpServer server = HttpServer.create(new InetSocketAddress(LOOPBACK, 0), 0);
    server.start();
    try {
      String address = "127.0.0.1:" + server.getAddress().getPort();

      run("mooseng://" + address).exited(4).saidInOneLine(address);
    } finally {
      server.stop(0);
    }
  }

  /** The backlog accepts the connection; nobody ever reads from it. */
  @Test
  void aPortThatNeverAnswersIsToldInOneLine() throws IOException, InterruptedException {
    try (ServerSocket silent = new ServerSocket(0, 50, LOOPBACK)) {
      String address = "127.0.0.1:" + silent.getLocalPort();

      run("mooseng://" + address).exited(4).saidInOneLine(address);
    }
  }

  @Test
  void aDirectoryThatDoesNotExistIsToldInOneLine() throws IOException, InterruptedException {
    Path missing = directory.resolve("missing");

    run(missing.toUri().toString()).exited(4).saidInOneLine(missing.toString());
  }

  @Test
  void debugShowsWhereItWasNoticed() throws IOException, InterruptedException {
    jar.run("FileRead", "--target", "mooseng://" + NOBODY, "--debug").exited(4).withStackTrace();
  }

  @Test
  void autoFallsBackLoudlyAndRecordsWhy() throws IOException, InterruptedException {
    JarRun run =
        jar.runBriefly(
            "FileReadBenchmark",
            "-p",
            "size=1KB",
            "--mode",
            "auto",
            "--target",
            "mooseng://" + NOBODY);

    run.exited(0).withoutStackTrace();
    assertThat(run.errorLines()).anyMatch(l -> l.contains(NOBODY) && l.contains("EMBEDDED"));
    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    assertThat(row.path("fidelity").asText()).isEqualTo("embedded");
    assertThat(row.path("fallbackReason").asText()).contains(NOBODY);
  }

  private JarRun run(String target) throws IOException, InterruptedException {
    JarRun run = jar.runBriefly("FileReadBenchmark", "-p", "size=1KB", "--target", target);
    assertThat(jar.results()).doesNotExist();
    return run;
  }
}
