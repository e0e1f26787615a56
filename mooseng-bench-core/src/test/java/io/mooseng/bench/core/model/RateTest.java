package io.mooseng.bench.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateTest {

  @ParameterizedTest
  @CsvSource({
    "2000, 2000000",
    "2000/s, 2000000",
    "2000 /s, 2000000",
    "0.5, 500",
    "0.001/s, 1",
    "1.500, 1500",
    "1.5000, 1500",
    "1000000, 1000000000",
    "007, 7000"
  })
  void reads(String text, long perThousandSeconds) {
    assertThat(Rate.parse(text)).isEqualTo(new Rate(perThousandSeconds));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "0.0/s",
        "-1",
        "1000000.001",
        "1000001",
        "0.0001",
        "1/m",
        "1s",
        "/s",
        "1e3",
        "1,5",
        ".5",
        "5.",
        "NaN",
        "99999999999999999999999"
      })
  void refusesWhatIsNoRate(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Rate.parse(text))
        .withMessage(
            "'%s' is not a rate; accepted: operations per second above 0, up to 1000000, with up to"
                + " three decimals, such as 2000 or 0.5/s",
            text);
  }

  @ParameterizedTest
  @ValueSource(longs = {0, -1, 1_000_000_001, Long.MIN_VALUE})
  void refusesWhatIsOutOfRange(long perThousandSeconds) {
    assertThatIllegalArgumentException().isThrownBy(() -> new Rate(perThousandSeconds));
  }

  @Test
  void whatIsWrittenIsReadBack() {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 10_000; i++) {
      Rate rate = new Rate(random.nextLong(1, 1_000_000_001));
      assertThat(Rate.parse(rate.toString())).isEqualTo(rate);
      assertThat(rate.operationsPerSecond()).isEqualTo(rate.perThousandSeconds() / 1e3);
    }
    assertThat(Rate.perSecond(2_000)).hasToString("2000/s");
    assertThat(new Rate(1_500)).hasToString("1.5/s");
  }

  @Test
  void ordersBySpeed() {
    assertThat(Rate.parse("0.5")).isLessThan(Rate.parse("1"));
  }
}
