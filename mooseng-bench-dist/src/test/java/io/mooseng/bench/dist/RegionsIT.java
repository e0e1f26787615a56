package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

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
                "serve", "--region", "r" + i, "--cluster", file.toString(), "--store", "memory"));
      }
      List<String> addresses = new ArrayList<>();
      for (RunningJar region : regions) {
        addresses.add(region.awaitLine("listening on "));
      }
      jar.runBriefly(
              "MetadataBenchmark.create",
              "--target",
              addresses.get(0),
              "--target",
              addresses.get(2),
              "-w",
              "100ms")
          .exited(0)
          .withoutStackTrace();
      RunFiles files = RunFiles.onlyOneIn(jar.results());
      assertThat(files.rows()).hasSize(2);
      assertThat(files.rows()).extracting(row -> row.path("status").asText()).containsOnly("ok");
    } finally {
      regions.forEach(RunningJar::close);
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

  /** The fork dies with the run, and the regions with the fork. */
  @Test
  void aKilledRunLeavesNoRegion() throws IOException, InterruptedException {
    try (RunningJar running =
        jar.start(
            "run",
            "RegionWriteBenchmark.write",
            "-p",
            "regions=wide",
            "-p",
            "client=leader",
            "-p",
            "log=memory",
            "-f",
            "1",
            "-i",
            "50",
            "--ceiling-time",
            "1s")) {
      Await.until("three regions", () -> MarkedProcesses.of(jar.mark(), " --region ").size() == 3);
      running.kill();
      MarkedProcesses.awaitNone(jar.mark());
    }
  }
}
