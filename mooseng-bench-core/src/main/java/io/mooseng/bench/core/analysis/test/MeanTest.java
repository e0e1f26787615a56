package io.mooseng.bench.core.analysis.test;

/**
 * Student's test of a mean difference of logarithms: of pairs, or of two samples of unequal
 * variance.
 *
 * <p>Where nothing scatters at all there is no t. The p of a difference is then {@code floor}, the
 * smallest p that as many values could have in a test of permutations; without a difference it is
 * 1.
 *
 * @param mean of the differences
 * @param error standard error of the mean; 0 if nothing scatters
 * @param df degrees of freedom
 * @param n values on the smaller side
 * @param floor above 0, at most 0.5
 */
public record MeanTest(double mean, double error, double df, int n, double floor) {

  public MeanTest {
    boolean numbers = Double.isFinite(mean) && Double.isFinite(error);
    if (!numbers || error < 0 || !(df > 0) || n < 2 || !(floor > 0 && floor <= 0.5)) {
      throw new IllegalArgumentException(
          "mean %s, error %s, df %s, n %s, floor %s".formatted(mean, error, df, n, floor));
    }
  }

  /**
   * Of pairs: {@code t = mean / (s / sqrt(n))} with n - 1 degrees of freedom.
   *
   * @param differences one for each pair, at least two
   */
  public static MeanTest paired(double... differences) {
    requireTwo(differences);
    Sample sample = Sample.of(differences);
    return new MeanTest(
        sample.mean(),
        sample.standardError(),
        sample.n() - 1,
        sample.n(),
        Math.scalb(1.0, -sample.n()));
  }

  /**
   * Of {@code to} minus {@code from}, whose variances may differ (B. L. Welch, <i>The
   * generalization of "Student's" problem when several different population variances are
   * involved</i>, Biometrika 34, 1947).
   *
   * @param from at least two values
   * @param to at least two values
   */
  public static MeanTest welch(double[] from, double[] to) {
    requireTwo(from);
    requireTwo(to);
    Sample a = Sample.of(from);
    Sample b = Sample.of(to);
    double va = a.standardError() * a.standardError();
    double vb = b.standardError() * b.standardError();
    double sum = va + vb;
    double df =
        sum == 0 ? a.n() + b.n() - 2 : sum * sum / (va * va / (a.n() - 1) + vb * vb / (b.n() - 1));
    return new MeanTest(
        b.mean() - a.mean(),
        Math.sqrt(sum),
        df,
        Math.min(a.n(), b.n()),
        1 / binomial(a.n() + b.n(), a.n()));
  }

  private static void requireTwo(double[] values) {
    if (values.length < 2) {
      throw new IllegalArgumentException(values.length + " values; accepted: at least two");
    }
  }

  private static double binomial(int n, int k) {
    double product = 1;
    for (int i = 1; i <= k; i++) {
      product = product * (n - k + i) / i;
    }
    return product;
  }

  /** One-sided p of "the mean is above {@code limit}". */
  public double pAbove(double limit) {
    double excess = mean - limit;
    if (error == 0) {
      return excess > 0 ? floor : 1;
    }
    return StudentT.upperTail(excess / error, df);
  }

  /** One-sided p of "the mean is below {@code limit}". */
  public double pBelow(double limit) {
    return new MeanTest(-mean, error, df, n, floor).pAbove(-limit);
  }

  /** Two-sided p of "the mean is not 0". */
  public double pTwoSided() {
    return Math.min(1, 2 * Math.min(pAbove(0), pBelow(0)));
  }

  /** Half the width of the two-sided confidence interval about the mean. */
  public double halfWidth(double confidence) {
    return error == 0 ? 0 : error * StudentT.quantile((1 + confidence) / 2, df);
  }

  /** Whether the one-sided upper confidence bound of the mean is below {@code limit}. */
  public boolean surelyBelow(double limit, double confidence) {
    return error == 0 ? mean < limit : pBelow(limit) < 1 - confidence;
  }

  /**
   * The smallest mean that a one-sided test at level {@code alpha} finds with probability {@code
   * power}: {@code (t(1 - alpha) + t(power)) * error}, an approximation of the noncentral t that is
   * good from five values on.
   */
  public double detectable(double alpha, double power) {
    return error * (StudentT.quantile(1 - alpha, df) + StudentT.quantile(power, df));
  }
}
