package io.mooseng.bench.core.analysis.test;

import org.apache.commons.math3.distribution.TDistribution;

/** Student's t distribution. */
public final class StudentT {

  /** Of quantiles, absolute. */
  private static final double ACCURACY = 1e-12;

  private StudentT() {}

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
    return new TDistribution(null, df, ACCURACY).inverseCumulativeProbability(probability);
  }
}
