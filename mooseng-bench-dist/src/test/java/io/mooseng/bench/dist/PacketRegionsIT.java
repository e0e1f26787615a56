package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Regions joined by packet links; needs the privileges of root. */
@Timeout(180)
class PacketRegionsIT {

  private static final Path NAMESPACES = Path.of("/run/netns");

  private static final String[] LONG_RUN = {
    "RegionWriteBenchmark.write",
    "-p",
    "regions=wide",
    "-p",
    "client=leader",
    "-p",
    "log=memory",
    "--backend",
    "tun",
    "-f",
    "1",
    "-i",
    "50"
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
  void regionsAreAsFarApartAsTheirMatrixSaysAndLosePackets()
      throws IOException, InterruptedException {
    Path matrix =
        Files.writeString(
            directory.resolve("near.yaml"),
            """
            name: near
            source: this test, 2026-11
            regions: [a, b, c]
            rtt:
              a: {b: 20ms, c: 40ms}
              b: {c: 30ms}
            """);
    Path profile =
        Files.writeString(
            directory.resolve("lossy.yaml"),
            "name: lossy\nsource: this test, 2026-11\nrtt: 1ms\nloss: 0.5%\n");
    jar.runBriefly(
            "RegionWriteBenchmark.write",
            "-p",
            "regions=" + matrix,
            "-p",
            "client=farthest",
            "-p",
            "log=memory",
            "--network",
            profile.toString(),
            "--backend",
            "tun")
        .exited(0)
        .withoutStackTrace();

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    JsonNode row = files.rows().get(0);
    JsonNode network = row.path("network");
    assertThat(network.path("backend").asText()).isEqualTo("tun");
    assertThat(network.path("profile").asText()).isEqualTo("near+lossy");
    assertThat(network.path("requested").path("a-c").asText()).isEqualTo("delay 20ms, loss 0.5%");
    // How much more it may be was judged before the row, or it would have failed.
    assertThat(network.path("measured").path("a-c.rttP50Millis").asDouble()).isGreaterThan(39.5);
    assertThat(network.path("measured").path("b-a.rttP50Millis").asDouble()).isGreaterThan(19.5);
    assertThat(network.path("measured").path("congestionControl").asText()).isNotBlank();
    // From c to the leader a, and from there to b: 40 + 20 ms.
    assertThat(row.path("metrics").path("distance.expected").path("value").asDouble())
        .isEqualTo(60e6);
    assertThat(row.path("metrics").path("latency.mean").path("value").asDouble())
        .isGreaterThan(60e6);
    assertThat(row.path("metrics").path("consistency.violations").path("value").asDouble())
        .isZero();
    String runId = files.run().path("runId").asText();
    assertThat(namespacesWith(runId.substring(runId.indexOf('-') + 1))).isEmpty();
  }

  @Tag("alone")
  @Test
  void ctrlCLeavesNothing() throws IOException, InterruptedException {
    try (RunningJar running = jar.start(LONG_RUN)) {
      awaitRegions();
      running.interrupt();
      running.await().withoutStackTrace().withoutLeavings();
      MarkedProcesses.awaitNone(jar.mark());
    }
    assertThat(ours()).isEmpty();
  }

  @Tag("alone")
  @Test
  void theNextStartRemovesWhatAKillLeft() throws IOException, InterruptedException {
    try (RunningJar running = jar.start(LONG_RUN)) {
      awaitRegions();
      running.kill();
      MarkedProcesses.awaitNone(jar.mark());
    }
    List<String> left = ours();
    assertThat(left).as("after kill -9").hasSize(3);
    JarRun next = jar.runBriefly("HarnessOverheadBenchmark.baseline").exited(0);
    for (String name : left) {
      assertThat(next.stderr())
          .contains("removed what a killed run left behind: network namespace " + name);
      assertThat(NAMESPACES.resolve(name)).doesNotExist();
    }
  }

  @Test
  void whatDoesNotJoinRegionsIsRefused() throws IOException, InterruptedException {
    jar.runBriefly("RegionWriteBenchmark.write", "--network", "lossy-mobile", "--backend", "relay")
        .exited(2)
        .saidInOneLine("relay", "loss");
  }

  private void awaitRegions() throws IOException, InterruptedException {
    Await.until("three regions", () -> MarkedProcesses.of(jar.mark(), " --region ").size() == 3);
  }

  private static List<String> ours() throws IOException {
    return namespacesWith("-place");
  }

  private static List<String> namespacesWith(String part) throws IOException {
    if (!Files.exists(NAMESPACES)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(NAMESPACES)) {
      return all.map(path -> path.getFileName().toString())
          .filter(name -> name.contains(part))
          .toList();
    }
  }
}
