package io.mooseng.bench.core.analysis.verdict;

import io.mooseng.bench.core.analysis.test.Sample;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.Arrays;

/** Runs that never happened: logarithms of times, with noise between forks and within them. */
final class Simulation {

  static final int PAIRS = 10;
  static final int ITERATIONS = 5;

  /** Deviation of the difference of a pair. */
  static final double PAIR_DEVIATION = 0.028;

  private static final double FORK_DEVIATION = 0.02;
  private static final double ITERATION_DEVIATION = 0.02;
  private static final double SPIKES = 0.02;
  private static final double SPIKE_MEAN = 0.10;

  private Simulation() {}

  /** Iterations of one variant, one array for each fork. */
  static double[][] forks(int forks, double shift, SeededRandom random) {
    double[][] y = new double[forks][ITERATIONS];
    for (double[] fork : y) {
      double level = shift + FORK_DEVIATION * random.nextNormal();
      for (int i = 0; i < fork.length; i++) {
        double spike = random.nextUnit() < SPIKES ? SPIKE_MEAN * random.nextExponential() : 0;
        fork[i] = level + ITERATION_DEVIATION * random.nextNormal() + Math.log1p(spike);
      }
    }
    return y;
  }

  /** The statistic of each fork: the median of its iterations. */
  static double[] medians(double[][] forks) {
    return Arrays.stream(forks).mapToDouble(Sample::median).toArray();
  }

  static double[] pooled(double[][] forks) {
    return Arrays.stream(forks).flatMapToDouble(Arrays::stream).toArray();
  }

  static double[] differences(double[] base, double[] candidate) {
    double[] d = new double[base.length];
    Arrays.setAll(d, i -> candidate[i] - base[i]);
    return d;
  }

  /** Differences of pairs with normal noise about {@code effect}, a share. */
  static double[] pairs(int n, double effect, SeededRandom random) {
    double[] d = new double[n];
    Arrays.setAll(d, i -> Math.log1p(effect) + PAIR_DEVIATION * random.nextNormal());
    return d;
  }
}
