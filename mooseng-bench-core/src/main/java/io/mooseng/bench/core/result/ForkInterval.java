package io.mooseng.bench.core.result;

import java.util.List;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * 95 % confidence intervals from one value per fork.
 *
 * <p>Forks are independent, iterations within a fork are not: an interval over pooled iterations is
 * too narrow (Georges, Buytaert, Eeckhout, <i>Statistically Rigorous Java Performance
 * Evaluation</i>, OOPSLA 2007, section 3.2; Kalibera and Jones, <i>Rigorous Benchmarking in
 * Reasonable Time</i>, ISMM 2013). With n forks of mean m and sample standard deviation s (divisor
 * n - 1), the interval is
 *
 * <pre>m - t * s / sqrt(n) .. m + t * s / sqrt(n)</pre>
 *
 * with t the 0.975 quantile of Student's distribution with n - 1 degrees of freedom.
 *
 * <p>{@code StrictMath}, because the same forks must give the same digits on every machine.
 *
 * <p>Every method answers null with fewer than two forks, and if a fork has no value.
 */
final class ForkInterval {

  private static final double UPPER_QUANTILE = 0.975;

  private ForkInterval() {}

  /** Of values that scatter evenly about their mean. */
  static Interval of(List<Double> byFork) {
    return transformed(byFork, DoubleUnaryOperator.identity(), DoubleUnaryOperator.identity());
  }

  /** Of shares of a whole; cut off at 0 and 1. */
  static Interval ofRatios(List<Double> byFork) {
    Interval interval = of(byFork);
    return interval == null ? null : new Interval(share(interval.lo()), share(interval.hi()));
  }

  /** Either end may be beyond either limit, if only by rounding. */
  private static double share(double end) {
    return Math.max(0, Math.min(1, end));
  }

  /**
   * Of times and rates, which scatter in proportion to their size: the interval of the logarithms,
   * {@code exp(m ± t s / sqrt(n))}, which is that of the geometric mean of the forks. Null if a
   * value is not positive.
   */
  static Interval ofLogs(List<Double> byFork) {
    boolean positive = byFork.stream().allMatch(value -> value != null && value > 0);
    return positive ? transformed(byFork, StrictMath::log, StrictMath::exp) : null;
  }

  private static Interval transformed(
      List<Double> byFork, DoubleUnaryOperator to, DoubleUnaryOperator back) {
    int n = byFork.size();
    if (n < 2 || byFork.stream().anyMatch(Objects::isNull)) {
      return null;
    }
    double[] x = byFork.stream().mapToDouble(Double::doubleValue).map(to).toArray();
    double mean = 0;
    for (double value : x) {
      mean += value / n;
    }
    double squares = 0;
    for (double value : x) {
      squares += (value - mean) * (value - mean);
    }
    double standardError = Math.sqrt(squares / (n - 1)) / Math.sqrt(n);
    double t = new TDistribution(null, n - 1).inverseCumulativeProbability(UPPER_QUANTILE);
    double lo = back.applyAsDouble(mean - t * standardError);
    double hi = back.applyAsDouble(mean + t * standardError);
    return Double.isFinite(lo) && Double.isFinite(hi) ? new Interval(lo, hi) : null;
  }
}
