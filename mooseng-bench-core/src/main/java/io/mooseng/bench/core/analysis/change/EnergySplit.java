package io.mooseng.bench.core.analysis.change;

import java.util.Arrays;

/**
 * The place at which a series falls apart best into a left and a right part, by the energy
 * statistic of e-divisive with exponent 1 (D. S. Matteson, N. A. James, <i>A Nonparametric Approach
 * for Multiple Change Point Analysis of Multivariate Data</i>, JASA 109, 2014, equation 5): for a
 * left part of m values and a right part of k values,
 *
 * <pre>Q = m k / (m + k) * (2 / (m k) * A - W1 / C(m, 2) - W2 / C(k, 2))</pre>
 *
 * with A the sum of |x - y| over all pairs across the parts, and W1, W2 those over the pairs within
 * each.
 *
 * @param at how many values are left of it
 * @param q the statistic there; larger is more different
 */
record EnergySplit(int at, double q) {

  /**
   * The best split with at least {@code least} values on each side, the first of equals.
   *
   * <p>A value that crosses from right to left changes the three sums by what its distances to the
   * values on the left add up to, so that all splits together take n²/2 differences.
   *
   * @param rowSums of each value, the sum of its distances to all others, in the order of {@code x}
   */
  static EnergySplit best(double[] x, double[] rowSums, int least) {
    int n = x.length;
    double total = Arrays.stream(rowSums).sum() / 2;
    double across = 0;
    double left = 0;
    int bestAt = -1;
    double bestQ = Double.NEGATIVE_INFINITY;
    for (int m = 1; m <= n - least; m++) {
      double entering = x[m - 1];
      double toLeft = 0;
      for (int i = 0; i < m - 1; i++) {
        toLeft += Math.abs(entering - x[i]);
      }
      across += rowSums[m - 1] - 2 * toLeft;
      left += toLeft;
      if (m >= least) {
        double q = q(m, n - m, across, left, total - left - across);
        if (q > bestQ) {
          bestQ = q;
          bestAt = m;
        }
      }
    }
    return new EnergySplit(bestAt, bestQ);
  }

  private static double q(int m, int k, double across, double left, double right) {
    return (double) m
        * k
        / (m + k)
        * (2 * across / ((double) m * k) - left / pairs(m) - right / pairs(k));
  }

  /** A part of one value has no pairs, and no distances to be averaged. */
  private static double pairs(int size) {
    return size < 2 ? 1 : size * (size - 1) / 2.0;
  }

  /** Of each value, the sum of its distances to all others. */
  static double[] rowSums(double[] x) {
    double[] sums = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < x.length; j++) {
        sums[i] += Math.abs(x[i] - x[j]);
      }
    }
    return sums;
  }
}
