package io.mooseng.bench.core.analysis.test;

import io.mooseng.bench.core.random.SeededRandom;
import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * An interval of the difference of two samples of forks by resampling: forks first, then the
 * iterations inside of each. It needs no formula for the statistic, and shows what iterations add
 * to the noise of forks.
 *
 * <p>The percentile interval of a bootstrap is too narrow where there are few forks. Its half
 * widths are therefore multiplied by {@code sqrt(n / (n - 1)) * t / z}, with n the forks of the
 * smaller side and t the 97.5 % quantile of Student's t with two less than all forks degrees of
 * freedom. That bootstrap intervals of few values are too narrow, and by which factors, is told by
 * T. Hesterberg, <i>What Teachers Should Know About the Bootstrap</i>, The American Statistician
 * 69, 2015; how often this one is wrong is simulated in the tests.
 *
 * @param difference candidate - base, of the given samples
 * @param lo lower end of the 95 % interval
 * @param hi upper end
 */
public record HierarchicalBootstrap(double difference, double lo, double hi) {

  private static final int RESAMPLES = 9_999;
  private static final double TAIL = 0.025;
  private static final double Z = 1.959963984540054;
  private static final int LEAST_FORKS = 2;

  /**
   * The same samples and seed give the same interval.
   *
   * @param base iterations by fork; at least two forks, none of them empty
   * @param statistic of the iterations of one fork; forks are averaged
   * @throws IllegalArgumentException if there are too few forks, or an empty one
   */
  public static HierarchicalBootstrap of(
      double[][] base, double[][] candidate, ToDoubleFunction<double[]> statistic, long seed) {
    return of(base, candidate, statistic, seed, RESAMPLES);
  }

  static HierarchicalBootstrap of(
      double[][] base,
      double[][] candidate,
      ToDoubleFunction<double[]> statistic,
      long seed,
      int resamples) {
    require(base);
    require(candidate);
    SeededRandom random = new SeededRandom(seed);
    double difference = mean(candidate, statistic) - mean(base, statistic);
    double[] drawn = new double[resamples];
    for (int r = 0; r < resamples; r++) {
      drawn[r] =
          resampledMean(candidate, statistic, random) - resampledMean(base, statistic, random);
    }
    Arrays.sort(drawn);
    double widening = widening(base.length, candidate.length);
    return new HierarchicalBootstrap(
        difference,
        difference - widening * (difference - quantile(drawn, TAIL)),
        difference + widening * (quantile(drawn, 1 - TAIL) - difference));
  }

  private static double widening(int forksOfBase, int forksOfCandidate) {
    double n = Math.min(forksOfBase, forksOfCandidate);
    double t = StudentT.quantile(1 - TAIL, forksOfBase + forksOfCandidate - 2.0);
    return Math.sqrt(n / (n - 1)) * t / Z;
  }

  private static void require(double[][] forks) {
    boolean empty = Arrays.stream(forks).anyMatch(fork -> fork.length == 0);
    if (forks.length < LEAST_FORKS || empty) {
      throw new IllegalArgumentException("a bootstrap needs two forks or more, none of them empty");
    }
  }

  private static double mean(double[][] forks, ToDoubleFunction<double[]> statistic) {
    return Arrays.stream(forks).mapToDouble(statistic).average().orElseThrow();
  }

  private static double resampledMean(
      double[][] forks, ToDoubleFunction<double[]> statistic, SeededRandom random) {
    double sum = 0;
    for (int i = 0; i < forks.length; i++) {
      double[] fork = forks[(int) random.nextBelow(forks.length)];
      double[] resampled = new double[fork.length];
      for (int j = 0; j < fork.length; j++) {
        resampled[j] = fork[(int) random.nextBelow(fork.length)];
      }
      sum += statistic.applyAsDouble(resampled);
    }
    return sum / forks.length;
  }

  /** Of sorted values, by the nearest rank. */
  private static double quantile(double[] sorted, double share) {
    return sorted[(int) Math.min(sorted.length - 1L, Math.round(share * (sorted.length - 1)))];
  }
}
