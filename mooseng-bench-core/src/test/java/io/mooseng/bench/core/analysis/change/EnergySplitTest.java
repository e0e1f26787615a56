package io.mooseng.bench.core.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.random.SeededRandom;
import org.junit.jupiter.api.Test;

class EnergySplitTest {

  @Test
  void isWhatTheDefinitionSays() {
    SeededRandom random = new SeededRandom(1);
    for (int round = 0; round < 200; round++) {
      int n = 4 + (int) random.nextBelow(20);
      int least = 1 + (int) random.nextBelow(n / 2);
      double[] x = new double[n];
      for (int i = 0; i < n; i++) {
        x[i] = random.nextBelow(3) == 0 ? random.nextBelow(4) : random.nextNormal();
      }
      EnergySplit fast = EnergySplit.best(x, EnergySplit.rowSums(x), least);
      EnergySplit slow = bruteForce(x, least);
      assertThat(fast.q()).isCloseTo(slow.q(), within(1e-9));
      assertThat(q(x, fast.at())).isCloseTo(slow.q(), within(1e-9));
    }
  }

  @Test
  void splitsWhereTheStepIs() {
    double[] x = {1, 2, 1, 2, 1, 9, 8, 9, 8, 9, 8};
    assertThat(EnergySplit.best(x, EnergySplit.rowSums(x), 2).at()).isEqualTo(5);
  }

  private static EnergySplit bruteForce(double[] x, int least) {
    EnergySplit best = new EnergySplit(-1, Double.NEGATIVE_INFINITY);
    for (int m = least; m <= x.length - least; m++) {
      double q = q(x, m);
      if (q > best.q()) {
        best = new EnergySplit(m, q);
      }
    }
    return best;
  }

  /** The three averages, written as they are defined. */
  private static double q(double[] x, int m) {
    int k = x.length - m;
    double across = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < x.length; i++) {
      for (int j = i + 1; j < x.length; j++) {
        double distance = Math.abs(x[i] - x[j]);
        if (j < m) {
          left += distance;
        } else if (i >= m) {
          right += distance;
        } else {
          across += distance;
        }
      }
    }
    double meanLeft = m < 2 ? 0 : left / (m * (m - 1) / 2.0);
    double meanRight = k < 2 ? 0 : right / (k * (k - 1) / 2.0);
    return (double) m * k / (m + k) * (2 * across / (m * k) - meanLeft - meanRight);
  }
}
