package io.mooseng.bench.core.link.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnitsTest {

  @ParameterizedTest
  @CsvSource({
    "10mbit, 10000000",
    "1gbit, 1000000000",
    "1kbit, 1000",
    "1.5mbit, 1500000",
    "1000gbit, 1000000000000",
    "1234bit, 1234"
  })
  void ratesArePowersOfAThousand(String text, long bitsPerSecond) {
    assertThat(BitRate.parse(text)).isEqualTo(bitsPerSecond);
    assertThat(BitRate.parse(BitRate.format(bitsPerSecond))).isEqualTo(bitsPerSecond);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "10", "10mb", "10Mbit", "999bit", "1001gbit", "-1mbit", "1e3kbit"})
  void otherRatesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> BitRate.parse(text));
  }

  @ParameterizedTest
  @CsvSource({
    "10000000, 10mbit",
    "1500000, 1.5mbit",
    "1234567, 1234.567kbit",
    "999, 999bit",
    "1000000000000, 1000gbit"
  })
  void ratesAreShownInTheLargestUnitThatFits(long bitsPerSecond, String text) {
    assertThat(BitRate.format(bitsPerSecond)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({"0%, 0", "100%, 1", "0.1%, 0.001", "12.5%, 0.125"})
  void sharesArePercentages(String text, double share) {
    assertThat(Percent.parse(text)).isEqualTo(share);
    assertThat(Percent.format(share)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "-1%", "100.1%", "1e1%", "1 %"})
  void otherSharesAreRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Percent.parse(text));
  }
}
