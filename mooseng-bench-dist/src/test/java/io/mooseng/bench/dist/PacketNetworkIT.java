package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs over a network of packets; needs the privileges of root. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class PacketNetworkIT {

  private static final String FORK = "org.openjdk.jmh.runner.ForkedMain";
  private static final Path NAMESPACES = Path.of("/run/netns");
  private static final double RTT_MILLIS = 24;

  private static final String[] LONG_RUN = {
    "ConnectionSetupBenchmark.warmCall",
    "--network",
    "lossy-mobile",
    "--backend",
    "tun",
    "-f",
    "1",
    "-wi",
    "0",
    "-i",
    "1",
    "-r",
    "300s"
  };

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    assumeTrue("root".equals(System.getProperty("user.name")), "needs to run as root");
    assumeTrue(Files.exists(Path.of("/dev/net/tun")), "needs /dev/net/tun");
    assumeTrue(
        Stream.of("/usr/sbin/ip", "/sbin/ip", "/usr/bin/ip").map(Path::of).anyMatch(Files::exists),
        "needs iproute2");
    jar = BenchmarksJar.in(directory);
  }

  @Test
  void aConnectTakesARoundTripOfTheLinkAndATlsHandshakeTwo()
      throws IOException, InterruptedException {
    Path profile = directory.resolve("mine.yaml");
    Files.writeString(profile, "name: mine\nsource: this test, 2026-11\nrtt: 24ms\n");

    jar.runBriefly(
            "ConnectionSetupBenchmark.tcpConnect|TlsHandshakeBenchmark.full",
            "--network",
            profile.toString(),
            "--backend",
            "tun")
        .exited(0)
        .withoutStackTrace();

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    JsonNode row = files.row("ConnectionSetupBenchmark.tcpConnect");
    JsonNode network = row.path("network");
    assertThat(network.path("backend").asText()).isEqualTo("tun");
    assertThat(network.path("measured").path("mtuBytes").asInt()).isEqualTo(1500);
    assertThat(network.path("measured").path("offloads").asText()).isEqualTo("tso");
    assertThat(network.path("measured").path("congestionControl").asText()).isNotBlank();
    assertThat(network.path("measured").path("rttMinMillis").asDouble())
        .isGreaterThanOrEqualTo(RTT_MILLIS);
    assertThat(meanMillis(row)).isBetween(RTT_MILLIS, 2 * RTT_MILLIS);
    assertThat(meanMillis(files.row("TlsHandshakeBenchmark.full")))
        .isGreaterThanOrEqualTo(2 * RTT_MILLIS);
    String runId = files.run().path("runId").asText();
    assertThat(namespacesWith(runId.substring(runId.indexOf('-') + 1))).isEmpty();
  }

  private static double meanMillis(JsonNode row) {
    return row.path("metrics").path("latency.mean").path("value").asDouble() / 1e6;
  }

  @Tag("alone")
  @Test
  void ctrlCLeavesNoNamespaceAndNoProcess() throws IOException, InterruptedException {
    try (RunningJar running = jar.start(LONG_RUN)) {
      awaitFork(running);
      assertThat(namespacesOf(running)).hasSize(2);
      running.interrupt();
      JarRun run = running.await();

      assertThat(run.exitCode()).isNotZero();
      run.withoutStackTrace();
      MarkedProcesses.awaitNone(jar.mark());
      assertThat(namespacesOf(running)).isEmpty();
    }
  }

  @Tag("alone")
  @Test
  void theNextStartRemovesWhatAKilledRunLeft() throws IOException, InterruptedException {
    List<String> left;
    try (RunningJar running = jar.start(LONG_RUN)) {
      awaitFork(running);
      running.kill();
      MarkedProcesses.awaitNone(jar.mark());
      left = namespacesOf(running);
    }
    assertThat(left).as("after kill -9").hasSize(2);

    JarRun next = jar.runBriefly("HarnessOverheadBenchmark.baseline").exited(0);

    for (String name : left) {
      assertThat(next.stderr())
          .contains("removed what a killed run left behind: network namespace " + name);
      assertThat(NAMESPACES.resolve(name)).doesNotExist();
    }
  }

  @Test
  void aTargetElsewhereIsRefused() throws IOException, InterruptedException {
    jar.runBriefly(
            "ConnectionSetupBenchmark.warmCall",
            "--network",
            "wan-70",
            "--backend",
            "tun",
            "--target",
            "mooseng://127.0.0.1:1")
        .saidInOneLine("tun", "reaches servers of the run only", "--backend relay");
    assertThat(jar.results()).doesNotExist();
  }

  private void awaitFork(RunningJar running) throws IOException, InterruptedException {
    Await.until(
        "a fork", () -> !running.isAlive() || !MarkedProcesses.of(jar.mark(), FORK).isEmpty());
    assertThat(running.isAlive()).as("alive; it printed %s", running.stderr()).isTrue();
  }

  /** The owner of a namespace is in its name. */
  private static List<String> namespacesOf(RunningJar running) throws IOException {
    return namespacesWith("-" + running.pid() + "@");
  }

  private static List<String> namespacesWith(String word) throws IOException {
    if (!Files.isDirectory(NAMESPACES)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(NAMESPACES)) {
      return entries
          .map(entry -> entry.getFileName().toString())
          .filter(name -> name.startsWith("mooseng-bench-") && name.contains(word))
          .toList();
    }
  }
}
