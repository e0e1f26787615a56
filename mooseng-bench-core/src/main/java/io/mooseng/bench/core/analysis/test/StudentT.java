package io.mooseng.bench.core.analysis.test;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.commons.math3.distribution.TDistribution;

/** Student's t distribution. */
public final class StudentT {

  /** Of quantiles, absolute. */
  private static final double ACCURACY = 1e-12;

  private static final int MOST_KEPT = 1_000;

  /** Of whole degrees of freedom: there are few of them, and each takes many steps to find. */
  private static final Map<Asked, Double> QUANTILES = new ConcurrentHashMap<>();

  private StudentT() {}

  private record Asked(double probability, double df) {}

  /**
   * Probability of a value above {@code t}.
   *
   * @param df degrees of freedom, above 0, not necessarily whole
   */
  public static double upperTail(double t, double df) {
    // By symmetry, and not as 1 - F(t), which loses the digits of small probabilities.
    return new TDistribution(null, df).cumulativeProbability(-t);
  }

  /** The value that is exceeded with probability 1 - {@code probability}. */
  public static double quantile(double probability, double df) {
    return df == Math.rint(df) && df <= MOST_KEPT
        ? QUANTILES.computeIfAbsent(new Asked(probability, df), StudentT::find)
        : find(new Asked(probability, df));
  }

  private static double find(Asked asked) {
    return new TDistribution(null, asked.df(), ACCURACY)
        .inverseCumulativeProbability(asked.probability());
  }
}
