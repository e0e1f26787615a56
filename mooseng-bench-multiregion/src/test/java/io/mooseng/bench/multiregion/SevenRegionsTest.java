package io.mooseng.bench.multiregion;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.multiregion.client.ClusterWatch;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.client.RegionClient;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** As many regions as there can be: seven processes and 42 links. */
@Tag("acceptance")
@Timeout(240)
class SevenRegionsTest {

  private static final List<String> NAMES = List.of("a", "b", "c", "d", "e", "f", "g");

  private static RttMatrix matrix() {
    Map<String, Map<String, Duration>> rtts = new HashMap<>();
    for (int i = 0; i < NAMES.size(); i++) {
      Map<String, Duration> row = new HashMap<>();
      for (int j = i + 1; j < NAMES.size(); j++) {
        row.put(NAMES.get(j), Duration.ofMillis(70 + 10L * (j - i)));
      }
      rtts.put(NAMES.get(i), row);
    }
    return new RttMatrix("seven", "this test", NAMES, rtts);
  }

  @Test
  void sevenRegionsAgree() throws Exception {
    try (RegionCluster cluster = RegionCluster.start(RegionCluster.Options.of(matrix()));
        ClusterWatch watch = new ClusterWatch(cluster)) {
      String leader = watch.awaitLeader(Duration.ofSeconds(60));
      String uri = "mooseng://" + cluster.description().region(leader).address();
      try (TargetDriver driver = Targets.open(uri, TargetOptions.defaults())) {
        driver.create(driver.root(), "register", new OperationTrace());
      }
      for (int i = 0; i < NAMES.size(); i++) {
        try (RegionClient writer = client(cluster, NAMES.get(i));
            RegionClient reader = client(cluster, NAMES.get(NAMES.size() - 1 - i))) {
          writer.write("/register", i + 1).get(20, TimeUnit.SECONDS);
          assertThat(
                  reader
                      .read("/register", ConsistencyModel.LINEARIZABLE, leader)
                      .get(20, TimeUnit.SECONDS)
                      .value())
              .hasValue(i + 1);
        }
      }
    }
  }

  private static RegionClient client(RegionCluster cluster, String region) {
    return new RegionClient(
        cluster.description(), cluster.matrix(), region, Duration.ofSeconds(20));
  }
}
