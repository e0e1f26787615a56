package io.mooseng.bench.multiregion.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.multiregion.cluster.ClusterDescription;
import io.mooseng.bench.multiregion.cluster.Region;
import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.ratis.conf.RaftProperties;
import org.apache.ratis.server.RaftServerConfigKeys.Rpc;
import org.apache.ratis.util.TimeDuration;
import org.junit.jupiter.api.Test;

class RaftSettingsTest {

  private static final ClusterDescription CLUSTER =
      new ClusterDescription(
          "mine",
          false,
          true,
          false,
          Duration.ofSeconds(1),
          Duration.ofMillis(1_500),
          List.of(
              new Region("z", "127.0.0.1", 1, 2),
              new Region("b", "127.0.0.1", 3, 4),
              new Region("a", "127.0.0.1", 5, 6)),
          Map.of(),
          false,
          Map.of(),
          Map.of());

  private static RaftProperties of(String region) {
    return RaftSettings.server(CLUSTER, region, new File("none"));
  }

  private static Duration millis(TimeDuration time) {
    return Duration.ofNanos(time.toLong(TimeUnit.NANOSECONDS));
  }

  @Test
  void onlyTheFirstRegionStandsForTheFirstElectionSoon() {
    Duration most = millis(Rpc.firstElectionTimeoutMax(of("z")));
    assertThat(most).isEqualTo(Duration.ofMillis(400));
    for (String other : List.of("a", "b")) {
      Duration least = millis(Rpc.firstElectionTimeoutMin(of(other)));
      assertThat(least).isEqualTo(Duration.ofMillis(1_200)).isGreaterThan(most.multipliedBy(2));
      assertThat(millis(Rpc.firstElectionTimeoutMax(of(other))))
          .isEqualTo(Duration.ofMillis(1_900));
    }
  }

  @Test
  void laterElectionsAreTheSameForAll() {
    for (String region : CLUSTER.names()) {
      assertThat(millis(Rpc.timeoutMin(of(region)))).isEqualTo(CLUSTER.electionLeast());
      assertThat(millis(Rpc.timeoutMax(of(region)))).isEqualTo(CLUSTER.electionMost());
    }
  }
}
