package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A cluster of regions, as a user starts it, and as a run does. */
@Timeout(180)
class RegionsIT {

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  private static List<Integer> freePorts(int count) throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    List<Integer> ports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      ports.add(sockets.get(i).getLocalPort());
    }
    for (ServerSocket socket : sockets) {
      socket.close();
    }
    return ports;
  }

  /** Three in a row that were free a moment ago. */
  private static List<Integer> consecutivePorts() throws IOException {
    for (int attempt = 0; attempt < 100; attempt++) {
      int first = freePorts(1).get(0);
      List<ServerSocket> sockets = new ArrayList<>();
      try {
        for (int i = 0; i < 3; i++) {
          sockets.add(new ServerSocket(first + i, 1, InetAddress.getLoopbackAddress()));
        }
        return List.of(first, first + 1, first + 2);
      } catch (IOException | IllegalArgumentException e) {
        // Somebody has one of them.
      } finally {
        for (ServerSocket socket : sockets) {
          socket.close();
        }
      }
    }
    throw new IOException("no three ports in a row are free");
  }

  private Path clusterFile(List<Integer> ports) throws IOException {
    StringBuilder yaml = new StringBuilder("name: test\nregions:\n");
    for (int i = 0; i < 3; i++) {
      yaml.append("  r").append(i).append(": {host: 127.0.0.1, port: ").append(ports.get(2 * i));
      yaml.append(", raft-port: ").append(ports.get(2 * i + 1)).append("}\n");
    }
    return Files.writeString(directory.resolve("cluster.yaml"), yaml.toString());
  }

  @Test
  void whoServesRegionsFromOneFileHasACluster() throws IOException, InterruptedException {
    Path file = clusterFile(freePorts(6));
    List<RunningJar> regions = new ArrayList<>();
    try {
      for (int i = 0; i < 3; i++) {
        regions.add(
            jar.start(
                ("serve --store memory --metrics-port 0 --region r" + i + " --cluster " + file)
                    .split(" ")));
      }
      List<String> addresses = new ArrayList<>();
      for (RunningJar region : regions) {
        addresses.add(region.awaitLine("listening on "));
      }
      // A jar of its own: what a jar started ends with each of its runs.
      BenchmarksJar client = BenchmarksJar.in(directory.resolve("client"));
      client
          .runBriefly(
              "MetadataBenchmark.create",
              "--target",
              addresses.get(0),
              "--target",
              addresses.get(2),
              "-w",
              "100ms")
          .exited(0)
          .withoutStackTrace();
      RunFiles files = RunFiles.onlyOneIn(client.results());
      assertThat(files.rows()).hasSize(2);
      assertThat(files.rows()).extracting(row -> row.path("status").asText()).containsOnly("ok");
      List<Integer> ports = new ArrayList<>();
      for (RunningJar region : regions) {
        ports.add(Prometheus.metricsPort(region));
      }
      assertThatPrometheusSees(
          ports, "sum(mooseng_server_calls_total{method=~'.*CreateFile'})>bool 0");
    } finally {
      regions.forEach(RunningJar::close);
    }
  }

  /** A real one, where it is installed: one leader that all agree on, terms, lag, and calls. */
  private void assertThatPrometheusSees(List<Integer> ports, String calls)
      throws IOException, InterruptedException {
    if (!Prometheus.isHere()) {
      return;
    }
    try (Prometheus prometheus = Prometheus.start(directory, ports)) {
      prometheus.await("count(up==1)", 3);
      prometheus.await("sum(mooseng_region_leads)", 1);
      prometheus.await("count(count(mooseng_region_leader) by(leader))", 1);
      prometheus.await("count(mooseng_region_term>=1)", 3);
      prometheus.await("count(mooseng_region_committed_index>0)", 3);
      prometheus.await("count(mooseng_region_replication_lag_entries>=0)", 3);
      prometheus.await("count(mooseng_region_staleness_seconds)", 3);
      prometheus.await(calls, 1);
    }
  }

  @Test
  void badInputIsOneLine() throws IOException, InterruptedException {
    Path file = clusterFile(List.of(1, 2, 3, 4, 5, 6));
    jar.run("serve", "--region", "r0").exited(2).saidInOneLine("--cluster");
    jar.run("serve", "--region", "mars", "--cluster", file.toString())
        .exited(2)
        .saidInOneLine("--region mars", "accepted: r0, r1, r2");
    jar.run("serve", "--region", "r0", "--port", "1", "--cluster", file.toString())
        .exited(2)
        .saidInOneLine("--host and --port");
    jar.run("run", "RegionWriteBenchmark", "-p", "regions=moon")
        .exited(2)
        .saidInOneLine("regions", "moon", "local, wide");
  }

  @Test
  void aPortThatIsTakenIsSaidInOneLine() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<Integer> ports = new ArrayList<>(freePorts(6));
      ports.set(1, taken.getLocalPort());
      Path file = clusterFile(ports);
      jar.run("serve", "--region", "r0", "--cluster", file.toString(), "--store", "memory")
          .exited(4)
          .saidInOneLine("raft-port " + taken.getLocalPort() + " of region 'r0'");
    }
  }

  /** The second region cannot have the port of its metrics; what else was measured stays. */
  @Test
  void aRegionThatDoesNotStartFailsItsRowAlone() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      JarRun run =
          jar.runBriefly(
                  "HarnessOverheadBenchmark.baseline|RegionWriteBenchmark.write",
                  "-p",
                  "regions=local",
                  "-p",
                  "client=leader",
                  "-p",
                  "log=memory",
                  "-jvmArgsAppend",
                  "-Dmooseng.bench.regions.metrics=" + (taken.getLocalPort() - 1))
              .exited(1)
              .withoutStackTrace();
      RunFiles files = RunFiles.onlyOneIn(jar.results());
      assertThat(files.row("HarnessOverheadBenchmark.baseline").path("status").asText())
          .isEqualTo("ok");
      JsonNode failed = files.row("RegionWriteBenchmark.write");
      assertThat(failed.path("status").asText()).isEqualTo("failed");
      assertThat(failed.path("failure").path("message").asText())
          .contains("no cluster: region us-west-1 did not start")
          .contains("--metrics-port");
      assertThat(run.stderr()).contains("us-west-1");
      MarkedProcesses.awaitNone(jar.mark());
    }
  }

  /** Needs root, for a disk of its own. */
  @Test
  void aFullDiskInOneRegionIsSaidAndTheOthersGoOn() throws IOException, InterruptedException {
    Path file = clusterFile(freePorts(6));
    List<RunningJar> regions = new ArrayList<>();
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "16m")) {
      for (int i = 0; i < 3; i++) {
        String store = i == 1 ? disk.path().resolve("store").toString() : "memory";
        regions.add(
            jar.start(
                "serve", "--region", "r" + i, "--cluster", file.toString(), "--store", store));
      }
      List<String> addresses = new ArrayList<>();
      for (RunningJar region : regions) {
        addresses.add(region.awaitLine("listening on "));
      }
      jar.runBriefly(
              "FileWriteBenchmark.write",
              "-p",
              "size=32MB",
              "--target",
              addresses.get(1),
              "--target",
              addresses.get(0),
              "-w",
              "100ms")
          .exited(1)
          .withoutStackTrace();
      RunFiles files = RunFiles.onlyOneIn(jar.results());
      assertThat(files.rows()).hasSize(2);
      assertThat(files.rows().toString()).contains("No space left on device");
      assertThat(files.rows())
          .extracting(row -> row.path("status").asText())
          .containsExactly("failed", "ok");
    } finally {
      regions.forEach(RunningJar::close);
    }
  }

  /** The fork dies with the run, and the regions with the fork; until then they are watched. */
  @Test
  void aKilledRunLeavesNoRegion() throws IOException, InterruptedException {
    List<Integer> ports = consecutivePorts();
    try (RunningJar running =
        jar.start(
            "run",
            "RegionWriteBenchmark.write",
            "-p",
            "regions=local",
            "-p",
            "client=leader",
            "-p",
            "log=memory",
            "-f",
            "1",
            "-i",
            "500",
            "-jvmArgsAppend",
            "-Dmooseng.bench.regions.metrics=" + ports.get(0))) {
      Await.until("three regions", () -> MarkedProcesses.of(jar.mark(), " --region ").size() == 3);
      assertThatPrometheusSees(
          ports, "sum(mooseng_server_calls_total{method=~'.*RegionService.*'})>bool 0");
      assertThat(running.isAlive()).as("the run is still under way").isTrue();
      running.kill();
      MarkedProcesses.awaitNone(jar.mark());
    }
  }
}
