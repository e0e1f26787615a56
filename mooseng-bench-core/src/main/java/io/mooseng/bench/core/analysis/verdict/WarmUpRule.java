package io.mooseng.bench.core.analysis.verdict;

import io.mooseng.bench.core.analysis.test.Sample;
import java.util.Arrays;

/**
 * When a fork has warmed up: once its last {@value #WINDOW} iterations neither rise nor fall, by
 * two measures that must agree. Over the window a straight line changes by less than 1 % (the
 * median of the slopes of all pairs: P. K. Sen, <i>Estimates of the Regression Coefficient Based on
 * Kendall's Tau</i>, JASA 63, 1968), and the medians of its two halves differ by less than 2 %.
 *
 * <p>Single iterations that took long move neither. The coefficient of variation is no part of it:
 * it calls noise unsteady and slow drift steady.
 */
public final class WarmUpRule {

  /** Iterations that are looked at: the fewest a fork can warm up with. */
  public static final int WINDOW = 10;

  /** Iterations there may be where nobody says how many. */
  public static final int USUAL_MOST = 50;

  private static final double LARGEST_SLOPE = StrictMath.log1p(0.01);
  private static final double LARGEST_STEP = StrictMath.log1p(0.02);

  private WarmUpRule() {}

  /**
   * Whether a series has become steady at its end.
   *
   * @param logs natural logarithms, one for each iteration so far; NaN where there is no value
   */
  public static boolean isSteady(double... logs) {
    if (logs.length < WINDOW) {
      return false;
    }
    double[] window = Arrays.copyOfRange(logs, logs.length - WINDOW, logs.length);
    if (!Arrays.stream(window).allMatch(Double::isFinite)) {
      return false;
    }
    double first = Sample.median(Arrays.copyOf(window, WINDOW / 2));
    double second = Sample.median(Arrays.copyOfRange(window, WINDOW / 2, WINDOW));
    return Math.abs(WINDOW * slope(window)) < LARGEST_SLOPE
        && Math.abs(second - first) < LARGEST_STEP;
  }

  /** Of Theil and Sen, per iteration. */
  static double slope(double... values) {
    int n = values.length;
    double[] slopes = new double[n * (n - 1) / 2];
    int pair = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        slopes[pair++] = (values[j] - values[i]) / (j - i);
      }
    }
    return Sample.median(slopes);
  }
}
