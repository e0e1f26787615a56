package io.mooseng.bench.core.analysis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.random.SeededRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AdjustmentTest {

  /** Benjamini and Hochberg 1995, section 4.1: thrombolysis, 15 hypotheses. */
  private static final double[] THROMBOLYSIS = {
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719,
    0.6528, 0.7590, 1.0000
  };

  @Test
  void benjaminiHochbergFindsTheFourOfThePaper() {
    double[] adjusted = Adjustment.BENJAMINI_HOCHBERG.adjust(THROMBOLYSIS);
    assertThat(Arrays.stream(adjusted).filter(p -> p <= 0.05).count()).isEqualTo(4);
    // SciPy 1.17.1, false_discovery_control.
    assertThat(adjusted)
        .containsExactly(
            new double[] {
              0.0015,
              0.003,
              0.0095,
              0.035625,
              0.0603,
              0.06385714285714286,
              0.06385714285714286,
              0.0645,
              0.0765,
              0.486,
              0.5811818181818181,
              0.714875,
              0.7532307692307692,
              0.8132142857142857,
              1.0
            },
            within(1e-12));
  }

  @Test
  void holmFindsTheThreeOfThePaper() {
    double[] adjusted = Adjustment.HOLM.adjust(THROMBOLYSIS);
    assertThat(Arrays.stream(adjusted).filter(p -> p <= 0.05).count()).isEqualTo(3);
    assertThat(adjusted[0]).isCloseTo(0.0015, within(1e-12));
    assertThat(adjusted[2]).isCloseTo(0.0019 * 13, within(1e-12));
    // Never less than that of a smaller p.
    assertThat(adjusted[14]).isEqualTo(1);
  }

  @Test
  void isWhatTheDefinitionsSay() {
    SeededRandom random = new SeededRandom(1);
    for (int round = 0; round < 200; round++) {
      double[] p = new double[(int) random.nextBelow(8)];
      Arrays.setAll(p, i -> random.nextBelow(10) / 10.0);
      double[] bh = Adjustment.BENJAMINI_HOCHBERG.adjust(p);
      double[] holm = Adjustment.HOLM.adjust(p);
      for (int i = 0; i < p.length; i++) {
        assertThat(bh[i]).isCloseTo(benjaminiHochberg(p, p[i]), within(1e-12));
        assertThat(holm[i]).isCloseTo(holm(p, p[i]), within(1e-12));
      }
    }
  }

  /** The least of m p(j) / j over all p(j) that are not smaller. */
  private static double benjaminiHochberg(double[] p, double one) {
    double least = 1;
    for (double other : p) {
      if (other >= one) {
        long rank = Arrays.stream(p).filter(q -> q <= other).count();
        least = Math.min(least, other * p.length / rank);
      }
    }
    return least;
  }

  /** The largest of (m - j + 1) p(j) over all p(j) that are not larger. */
  private static double holm(double[] p, double one) {
    double most = 0;
    for (double other : p) {
      if (other <= one) {
        long smaller = Arrays.stream(p).filter(q -> q < other).count();
        most = Math.max(most, Math.min(1, other * (p.length - smaller)));
      }
    }
    return most;
  }

  @Test
  void refusesWhatIsNoProbability() {
    assertThatThrownBy(() -> Adjustment.HOLM.adjust(0.1, Double.NaN)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> Adjustment.HOLM.adjust(1.1)).hasMessageContaining("accepted");
  }
}
