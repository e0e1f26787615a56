package io.mooseng.bench.core.analysis.test;

import java.util.Arrays;

/**
 * What tests need to know of independent values.
 *
 * @param n how many
 * @param mean NaN of none
 * @param deviation sample standard deviation (divisor n - 1); 0 with one value
 */
public record Sample(int n, double mean, double deviation) {

  /**
   * @throws IllegalArgumentException if there is no value, or one is not finite
   */
  public static Sample of(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values; accepted: at least one");
    }
    double mean = 0;
    for (double value : values) {
      if (!Double.isFinite(value)) {
        throw new IllegalArgumentException("a value is " + value + "; accepted: finite numbers");
      }
      mean += value / values.length;
    }
    double squares = 0;
    double rest = 0;
    boolean constant = true;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
      rest += value - mean;
      constant &= value == values[0];
    }
    if (constant) {
      return new Sample(values.length, values[0], 0);
    }
    double n = values.length;
    return new Sample(
        values.length, mean + rest / n, Math.sqrt((squares - rest * rest / n) / (n - 1)));
  }

  /** Standard error of the mean. */
  public double standardError() {
    return deviation / Math.sqrt(n);
  }

  /** The middle value, or the mean of the two middle ones. */
  public static double median(double... values) {
    if (values.length == 0) {
      throw new IllegalArgumentException("no values; accepted: at least one");
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
