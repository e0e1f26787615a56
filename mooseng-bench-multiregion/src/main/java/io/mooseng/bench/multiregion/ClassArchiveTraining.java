package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.cli.Main;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.client.RegionClient;
import io.mooseng.bench.multiregion.cluster.ClusterDescription;
import io.mooseng.bench.multiregion.cluster.ClusterFile;
import io.mooseng.bench.multiregion.cluster.Region;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Loads the classes of forks, servers and regions, and ends: the build runs it once, in a JVM that
 * archives what it has loaded (decision 013). Of no use to anybody else.
 *
 * <p>A cluster of three regions, in this JVM, orders and reads a few entries; then the program runs
 * with the arguments that are left. A build goes on without an archive if any of this fails.
 */
final class ClassArchiveTraining {

  private static final String REGISTER = "register";
  private static final int OPERATIONS = 20;
  private static final Duration DEADLINE = Duration.ofSeconds(2);
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private ClassArchiveTraining() {}

  /**
   * Arguments: where the description of the cluster may be written, and those of the program.
   *
   * @throws IOException if that file cannot be written, or there is no port
   */
  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    RttMatrix matrix = TrialCluster.matrix("local");
    ClusterDescription cluster = describe(matrix);
    ClusterFile.write(cluster, file);
    for (String region : cluster.names()) {
      Thread server =
          new Thread(
              () ->
                  Main.main(
                      new String[] {
                        "serve", "--region", region, "--cluster", "" + file, "--store", "memory"
                      }),
              "region-" + region);
      server.setDaemon(true);
      server.start();
    }
    for (String region : cluster.names()) {
      try (RegionClient client = new RegionClient(cluster, matrix, region, DEADLINE)) {
        operate(client, region);
      }
    }
    Main.main(List.of(args).subList(1, args.length).toArray(String[]::new));
  }

  private static ClusterDescription describe(RttMatrix matrix) throws IOException {
    List<Region> regions = new ArrayList<>();
    String host = InetAddress.getLoopbackAddress().getHostAddress();
    for (String name : matrix.regions()) {
      regions.add(new Region(name, host, freePort(), freePort()));
    }
    return new ClusterDescription(
        matrix.name(),
        false,
        true,
        false,
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        regions,
        Map.of(),
        false,
        Map.of(),
        Map.of());
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** Until some have succeeded: there is no leader at first. */
  private static void operate(RegionClient client, String region) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    int succeeded = 0;
    for (int i = 0; succeeded < OPERATIONS && System.nanoTime() - end < 0; i++) {
      try {
        client.create("/", REGISTER + "-" + region + "-" + i).join();
        client
            .read("/" + REGISTER + "-" + region + "-" + i, ConsistencyModel.LINEARIZABLE, region)
            .join();
        succeeded++;
      } catch (RuntimeException e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }
}
