package io.mooseng.bench.multiregion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterFileTest {

  private static final ClusterDescription CLUSTER =
      new ClusterDescription(
          "mine",
          true,
          false,
          true,
          Duration.ofMillis(300),
          Duration.ofMillis(600),
          List.of(new Region("a", "10.0.0.1", 1, 2), new Region("b-1", "10.0.0.2", 3, 4)),
          Map.of("a", List.of("b-1")),
          false,
          Map.of("a", Map.of("b-1", new Region("b-1", "127.0.0.1", 5, 6))),
          Map.of("b-1", "198.18.0.22"));

  @Test
  void whatIsWrittenIsReadBack() {
    String text = ClusterFile.text(CLUSTER);
    assertThat(text)
        .isEqualTo(
            """
            name: mine
            log: durable
            leader-lease: false
            transactions: true
            election: {least: 300ms, most: 600ms}
            regions:
              a: {host: 10.0.0.1, port: 1, raft-port: 2}
              b-1: {host: 10.0.0.2, port: 3, raft-port: 4}
            replicas:
              a: [b-1]
            acknowledge: before-copies
            via:
              a:
                b-1: {host: 127.0.0.1, port: 5, raft-port: 6}
            clients:
              b-1: 198.18.0.22
            """);
    assertThat(ClusterFile.parse("test", text)).isEqualTo(CLUSTER);
  }

  @Test
  void aRegionIsReachedAtItsOwnAddressUnlessAFileSaysOtherwise() {
    assertThat(CLUSTER.reached("a", "b-1").raftAddress()).isEqualTo("127.0.0.1:6");
    assertThat(CLUSTER.reached("b-1", "a").address()).isEqualTo("10.0.0.1:1");
    assertThat(CLUSTER.serverId("b-1")).isEqualTo(2);
    assertThatThrownBy(() -> CLUSTER.region("c")).hasMessageContaining("accepted: a, b-1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          log: durable | log: disk | key 'log': "disk": accepted: memory or durable
          before-copies | never | key 'acknowledge': "never": accepted: after-copies or before-copies
          leader-lease | lease | unknown key 'lease'
          port: 1, | port: 0, | key 'regions.a.port': 0: accepted: a whole number from 1 to 65535
          least: 300ms | least: soon | key 'election.least': "soon": accepted: a time such as
          most: 600ms | most: 200ms | elections from PT0.3S to PT0.2S are not accepted
          [b-1] | [a] | key 'replicas.a': ["a"]: accepted: other regions than itself
          b-1: {host: 10 | B_1: {host: 10 | accepted: a name of lower-case letters
          """)
  void whatIsWrongIsSaidInOneLine(String right, String wrong, String message) {
    String text = ClusterFile.text(CLUSTER).replace(right, wrong);
    assertThatThrownBy(() -> ClusterFile.parse("--cluster x.yaml", text))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--cluster x.yaml: ")
        .hasMessageContaining(message);
  }

  @Test
  void presetsLieBetween70And180Milliseconds() {
    for (String name : RttPresets.names()) {
      RttMatrix matrix = RttPresets.named(name);
      assertThat(matrix.warnings()).isEmpty();
      for (String one : matrix.regions()) {
        for (String other : matrix.regions()) {
          if (!one.equals(other)) {
            assertThat(matrix.rttNanos(one, other)).isBetween(70_000_000L, 180_000_000L);
          }
        }
      }
    }
    assertThatThrownBy(() -> RttPresets.named("arctic"))
        .hasMessageContaining("accepted: wide, atlantic, pacific");
  }

  @Test
  void aQuorumIsAsFarAsTheNearestMajority() {
    RttMatrix wide = RttPresets.named("wide");
    assertThat(wide.quorumNanos("us-east-1")).isEqualTo(72_700_000);
    assertThat(wide.quorumNanos("us-west-1")).isEqualTo(72_700_000);
    assertThat(wide.quorumNanos("ap-northeast-2")).isEqualTo(131_500_000);
    assertThat(wide.withoutDistance().quorumNanos("us-east-1")).isZero();
  }

  @Test
  void aMatrixMissesNoPairAndIsAskedAboutStrangeOnes() {
    Map<String, Map<String, Duration>> rtts =
        Map.of("a", Map.of("b", Duration.ofMillis(10), "c", Duration.ofMillis(500)));
    assertThatThrownBy(() -> new RttMatrix("m", "test", List.of("a", "b", "c"), rtts))
        .hasMessageContaining("between b and c is missing");
    RttMatrix strange =
        new RttMatrix(
            "m",
            "test",
            List.of("a", "b", "c", "d"),
            Map.of(
                "a",
                Map.of("b", millis(10), "c", millis(500), "d", millis(10)),
                "b",
                Map.of("a", millis(14), "c", millis(10), "d", millis(10)),
                "c",
                Map.of("d", millis(10))));
    assertThat(strange.rttNanos("a", "b")).isEqualTo(12_000_000);
    assertThat(strange.warnings())
        .hasSize(3)
        .anyMatch(line -> line.startsWith("4 regions vote"))
        .anyMatch(line -> line.contains("from a to c takes more than twice as long as over b"));
  }

  private static Duration millis(long millis) {
    return Duration.ofMillis(millis);
  }
}
