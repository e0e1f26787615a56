package io.mooseng.bench.multiregion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatrixFileTest {

  private static final String YAML =
      """
      name: ours
      source: ping, 2026-11-20
      regions: [graz, oslo, lyon]
      rtt:
        graz: {oslo: 41.5ms, lyon: 28ms}
        oslo: {graz: 42.5ms, lyon: 39ms}
      """;

  @Test
  void whatBothEndsMeasuredIsAveragedByTheTwoWays() {
    RttMatrix matrix = MatrixFile.parse("test", YAML);
    assertThat(matrix.regions()).containsExactly("graz", "oslo", "lyon");
    assertThat(matrix.rttNanos("graz", "oslo")).isEqualTo(42_000_000);
    assertThat(matrix.rttNanos("lyon", "oslo")).isEqualTo(39_000_000);
    assertThat(matrix.oneWay("graz", "oslo").toNanos()).isEqualTo(20_750_000);
    assertThat(matrix.oneWay("oslo", "graz").toNanos()).isEqualTo(21_250_000);
    assertThat(matrix.longest().toMillis()).isEqualTo(42);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          lyon: 39ms | lyon: far | key 'rtt.oslo.lyon': "far": accepted: a time such as 72.7ms
          , lyon: 39ms | | between oslo and lyon is missing
          [graz, oslo, lyon] | [graz, graz, lyon] | key 'regions'
          [graz, oslo, lyon] | [Graz, oslo, lyon] | accepted: names of lower-case letters
          source: ping | sauce: ping | unknown key 'sauce'
          """)
  void whatIsWrongIsSaidInOneLine(String right, String wrong, String message) {
    String yaml = YAML.replace(right, wrong == null ? "" : wrong);
    assertThatThrownBy(() -> MatrixFile.parse("-p regions=x.yaml", yaml))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("-p regions=x.yaml: ")
        .hasMessageContaining(message);
  }

  @Test
  void aChainGoesToTheNearestThatIsNotInItYet() {
    RttMatrix wide = RttPresets.named("wide");
    assertThat(ReplicationPolicy.LOCAL.chains(wide)).isEmpty();
    assertThat(ReplicationPolicy.QUORUM.chains(wide))
        .isEqualTo(
            Map.of(
                "us-east-1", List.of("us-west-1"),
                "us-west-1", List.of("us-east-1"),
                "ap-northeast-2", List.of("us-west-1")));
    assertThat(ReplicationPolicy.ALL.chains(wide).get("ap-northeast-2"))
        .containsExactly("us-west-1", "us-east-1");
  }
}
