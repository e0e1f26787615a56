package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class HumanUnitsTest {

  @Test
  void numbersAreWrittenAsTheFormatterWritesThem() {
    SplittableRandom random = new SplittableRandom(5);
    for (int trial = 0; trial < 100_000; trial++) {
      // Hundredths and halves of them, where rounding matters, and numbers of any size.
      double value =
          switch (trial % 3) {
            case 0 -> random.nextInt(-400_000, 400_000) / 2_000.0;
            case 1 -> random.nextInt(-2_000_000_000, 2_000_000_000);
            default -> (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(-6, 14));
          };
      int digits = random.nextInt(4);
      String formatted = String.format(Locale.ROOT, "%,." + digits + "f", value);
      boolean isZero = formatted.chars().noneMatch(c -> c >= '1' && c <= '9');
      assertThat(HumanUnits.fixed(value, digits))
          .as("%s to %d digits", value, digits)
          .isEqualTo(isZero ? formatted.replace("-", "") : formatted);
    }
  }

  @Test
  void threeDigitsCount() {
    assertThat(HumanUnits.number(0.0)).isEqualTo("0");
    assertThat(HumanUnits.number(-0.0)).isEqualTo("0");
    assertThat(HumanUnits.number(0.125)).isEqualTo("0.13");
    assertThat(HumanUnits.number(9.994)).isEqualTo("9.99");
    assertThat(HumanUnits.number(9.995)).isEqualTo("10.0");
    assertThat(HumanUnits.number(99.95)).isEqualTo("100");
    assertThat(HumanUnits.number(-1_234_567.0)).isEqualTo("-1,234,567");
    assertThat(HumanUnits.number(Double.NaN)).isEqualTo("NaN");
    assertThat(HumanUnits.number(null)).isEqualTo(HumanUnits.NONE);
  }
}
