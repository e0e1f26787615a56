package io.mooseng.bench.core.analysis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.random.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SignFlipTestTest {

  @Test
  void isWhatTryingAllSignsGives() {
    SeededRandom random = new SeededRandom(1);
    for (int round = 0; round < 100; round++) {
      double[] d = new double[1 + (int) random.nextBelow(9)];
      Arrays.setAll(
          d, i -> random.nextBelow(2) == 0 ? random.nextBelow(5) - 2 : random.nextNormal());
      double exact = recursively(d, 0, 0, Arrays.stream(d).sum()) / Math.pow(2, d.length);
      assertThat(SignFlipTest.pAbove(d, 7)).isCloseTo(exact, within(1e-12));
    }
  }

  private static double recursively(double[] d, int at, double sum, double observed) {
    if (at == d.length) {
      return sum >= observed - 1e-9 ? 1 : 0;
    }
    return recursively(d, at + 1, sum + d[at], observed)
        + recursively(d, at + 1, sum - d[at], observed);
  }

  @Test
  void drawsSignsWhereThereAreTooMany() {
    double[] d = new double[40];
    SeededRandom random = new SeededRandom(2);
    Arrays.setAll(d, i -> 0.2 + random.nextNormal());
    double drawn = SignFlipTest.pAbove(d, 1);
    assertThat(drawn).isEqualTo(SignFlipTest.pAbove(d, 1));
    assertThat(drawn).isCloseTo(MeanTest.paired(d).pAbove(0), within(0.02));
    double[] all = new double[40];
    Arrays.fill(all, 1);
    assertThat(SignFlipTest.pAbove(all, 1)).isEqualTo(1e-4);
  }

  @Test
  void smallestPIsThatOfOneOrderOfSigns() {
    assertThat(SignFlipTest.pAbove(new double[] {1, 2, 3, 4, 5}, 1)).isEqualTo(1.0 / 32);
    assertThat(SignFlipTest.pAbove(new double[] {0, 0}, 1)).isEqualTo(1);
  }
}
