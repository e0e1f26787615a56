package io.mooseng.bench.core.analysis.test;

import java.util.Arrays;
import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Whether a series rises or falls over time, and how fast; nothing is assumed of how it is
 * distributed, and single outliers do not matter.
 *
 * <p>The slope is the median of those between any two values, with the interval of P. K. Sen
 * (<i>Estimates of the Regression Coefficient Based on Kendall's Tau</i>, J. Am. Stat. Assoc. 63,
 * 1968). Whether there is one is asked by the test of Mann and Kendall, with its variance for ties.
 * Neighbours that resemble each other say less than as many independent values; the variance is
 * widened by how much less, as of a first-order autoregression (S. Yue, C. Wang, <i>The
 * Mann-Kendall Test Modified by Effective Sample Size to Detect Trend in Serially Correlated
 * Hydrological Series</i>, Water Resources Management 18, 2004), and never narrowed. The
 * correlation of neighbours is that of what the slope leaves, corrected for having fitted level and
 * slope (K. H. Hamed, <i>Enhancing the effectiveness of prewhitening in trend analysis of
 * hydrologic data</i>, J. Hydrology 368, 2009).
 *
 * @param slope per unit of time
 * @param low end of the slope's 95 % interval
 * @param high end of the slope's 95 % interval
 * @param p two-sided
 * @param widening by which factor autocorrelation widened the variance; 1 if not at all
 */
public record MonotoneTrend(double slope, double low, double high, double p, double widening) {

  /** From so many values on the normal approximation is good (H. B. Mann, 1945; Kendall). */
  public static final int LEAST_VALUES = 10;

  private static final NormalDistribution NORMAL = new NormalDistribution(null, 0, 1);

  /** Above this a series walks at random, and no number of values says anything of a trend. */
  private static final double MOST_CORRELATION = 0.95;

  /** What is left of a line is smaller than this share of its rise, and only rounding. */
  private static final double ROUNDING = 1e-9;

  private static final double Z_95 = 1.959963984540054;

  /**
   * Looks for a trend. Takes time and memory that grow with the square of the number of values: a
   * second and 100 MB at some 4,000.
   *
   * @param times ascending, no two the same
   * @param values one for each time
   * @throws IllegalArgumentException if there are fewer than {@value #LEAST_VALUES}, one is not
   *     finite, or times do not ascend
   */
  public static MonotoneTrend of(double[] times, double[] values) {
    check(times, values);
    int n = values.length;
    double[] slopes = new double[n * (n - 1) / 2];
    int at = 0;
    long s = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double rise = values[j] - values[i];
        s += (long) Math.signum(rise);
        slopes[at++] = rise / (times[j] - times[i]);
      }
    }
    Arrays.sort(slopes);
    double slope = Sample.median(slopes);
    double[] rest = new double[n];
    for (int i = 0; i < n; i++) {
      rest[i] = values[i] - slope * times[i];
    }
    boolean line = spread(rest) <= ROUNDING * spread(values);
    double widening = line ? 1 : widening(rest);
    double deviation = Math.sqrt(variance(values) * widening);
    double reach = Z_95 * deviation;
    int lower = (int) Math.floor((slopes.length - reach) / 2) - 1;
    int upper = (int) Math.ceil((slopes.length + reach) / 2);
    return new MonotoneTrend(
        slope,
        slopes[Math.max(0, lower)],
        slopes[Math.min(slopes.length - 1, upper)],
        p(s, deviation),
        widening);
  }

  private static void check(double[] times, double[] values) {
    if (values.length < LEAST_VALUES || times.length != values.length) {
      throw new IllegalArgumentException(
          "%d values at %d times; accepted: as many of both, %d or more"
              .formatted(values.length, times.length, LEAST_VALUES));
    }
    for (int i = 0; i < values.length; i++) {
      boolean ascends = i == 0 || times[i] > times[i - 1];
      if (!Double.isFinite(values[i]) || !Double.isFinite(times[i]) || !ascends) {
        throw new IllegalArgumentException(
            "value %s at %s; accepted: finite numbers at times that ascend"
                .formatted(values[i], times[i]));
      }
    }
  }

  /** Of Kendall's S if there is no trend and values are independent; less where there are ties. */
  private static double variance(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double sum = term(sorted.length);
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      sum -= term(to - from);
      from = to;
    }
    return sum / 18;
  }

  private static double term(double n) {
    return n * (n - 1) * (2 * n + 5);
  }

  /** With the correction for continuity; a series of one value has no trend. */
  private static double p(long s, double deviation) {
    if (s == 0 || deviation == 0) {
      return 1;
    }
    double z = (Math.abs(s) - 1) / deviation;
    return Math.min(1, 2 * NORMAL.cumulativeProbability(-z));
  }

  private static double spread(double[] values) {
    return Arrays.stream(values).max().orElseThrow() - Arrays.stream(values).min().orElseThrow();
  }

  private static double widening(double[] rest) {
    int n = rest.length;
    double rho = Math.min(MOST_CORRELATION, (n * neighbours(rest) + 2) / (n - 4));
    double sum = 0;
    double power = 1;
    for (int lag = 1; lag < n && rho > 0; lag++) {
      power *= rho;
      sum += (1 - lag / (double) n) * power;
    }
    return 1 + 2 * sum;
  }

  /** Correlation of each value with the one before it; 0 where all are the same. */
  private static double neighbours(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double product = 0;
    double squares = 0;
    for (int i = 0; i < values.length; i++) {
      squares += (values[i] - mean) * (values[i] - mean);
      product += i == 0 ? 0 : (values[i] - mean) * (values[i - 1] - mean);
    }
    return squares == 0 ? 0 : product / squares;
  }
}
