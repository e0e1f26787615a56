package io.mooseng.bench.core.analysis.test;

import io.mooseng.bench.core.random.SeededRandom;

/**
 * The test of permutations for pairs: were the two sides alike, each difference could as well have
 * the other sign. It assumes nothing of the shape of the noise; its p is a multiple of
 * 2<sup>-n</sup>, too coarse for many rows of few pairs.
 */
public final class SignFlipTest {

  /** Up to here all signs are tried. */
  public static final int MOST_EXACT = 16;

  private static final int FLIPS = 9_999;

  private SignFlipTest() {}

  /**
   * One-sided p of "the mean is above 0": the share of signs that give at least this mean. Exact up
   * to {@link #MOST_EXACT} pairs, else from 9,999 drawn ones and the given one.
   */
  public static double pAbove(double[] differences, long seed) {
    return differences.length <= MOST_EXACT ? exact(differences) : drawn(differences, seed);
  }

  private static double exact(double[] d) {
    double observed = sum(d, 0);
    int asLarge = 0;
    int all = 1 << d.length;
    for (int signs = 0; signs < all; signs++) {
      asLarge += atLeast(sum(d, signs), observed) ? 1 : 0;
    }
    return (double) asLarge / all;
  }

  private static double drawn(double[] d, long seed) {
    SeededRandom random = new SeededRandom(seed);
    double observed = sum(d, 0);
    int asLarge = 0;
    for (int i = 0; i < FLIPS; i++) {
      double sum = 0;
      long bits = 0;
      for (int j = 0; j < d.length; j++) {
        bits = j % Long.SIZE == 0 ? random.nextLong() : bits >>> 1;
        sum += (bits & 1) == 0 ? d[j] : -d[j];
      }
      asLarge += atLeast(sum, observed) ? 1 : 0;
    }
    return (1.0 + asLarge) / (1 + FLIPS);
  }

  private static double sum(double[] d, int signs) {
    double sum = 0;
    for (int j = 0; j < d.length; j++) {
      sum += (signs >> j & 1) == 0 ? d[j] : -d[j];
    }
    return sum;
  }

  /** Sums of the same numbers with other signs can be equal, and differ by rounding. */
  private static boolean atLeast(double sum, double observed) {
    return sum >= observed - 1e-12 * Math.abs(observed);
  }
}
