package io.mooseng.bench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LatencyObjectiveTest {

  @ParameterizedTest
  @CsvSource({
    "p99<20ms, 9900, 20000000, p99<20ms",
    "p99.9 < 1s, 9990, 1000000000, p99.9<1s",
    "p99.99<1.5s, 9999, 1500000000, p99.99<1500ms",
    "p50<500us, 5000, 500000, p50<500us",
    "p90.0<0.5us, 9000, 500, p90<0.5us",
    "p75<1h, 7500, 3600000000000, p75<3600s"
  })
  void readsWhatPeopleWrite(String text, int perTenThousand, long nanos, String canonical) {
    LatencyObjective objective = LatencyObjective.parse(text);
    assertThat(objective.perTenThousand()).isEqualTo(perTenThousand);
    assertThat(objective.limit()).isEqualTo(Duration.ofNanos(nanos));
    assertThat(objective).hasToString(canonical);
    assertThat(LatencyObjective.parse(canonical)).isEqualTo(objective);
    assertThat(objective.percentile()).isEqualTo(perTenThousand / 100.0);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "p99",
        "99<20ms",
        "p99>20ms",
        "p99<",
        "p99<20",
        "p99<0ms",
        "p49<1s",
        "p100<1s",
        "p99.999<1s",
        "p99<2h",
        "p99<-1s",
        "p99<20 parsecs",
        "p9<1s",
        "mean<1s",
        "p99<=20ms"
      })
  void refusesEverythingElse(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LatencyObjective.parse(text))
        .withMessage(
            "'"
                + text
                + "' is no latency objective; accepted: a percentile from p50 to p99.99 and a limit"
                + " up to 1h, such as p99<20ms");
  }

  @Test
  void tenOperationsAreToBeExpectedBeyondThePercentile() {
    assertThat(LatencyObjective.parse("p50<1s").requiredSamples()).isEqualTo(20);
    assertThat(LatencyObjective.parse("p99<1s").requiredSamples()).isEqualTo(1_000);
    assertThat(LatencyObjective.parse("p99.9<1s").requiredSamples()).isEqualTo(10_000);
    assertThat(LatencyObjective.parse("p99.99<1s").requiredSamples()).isEqualTo(100_000);
  }

  @Test
  void theLimitItselfIsTooMuch() {
    LatencyObjective objective = LatencyObjective.parse("p99<20ms");
    assertThat(objective.isMetBy(19_999_999)).isTrue();
    assertThat(objective.isMetBy(20_000_000)).isFalse();
  }
}
