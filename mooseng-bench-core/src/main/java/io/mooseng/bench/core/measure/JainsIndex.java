package io.mooseng.bench.core.measure;

import java.util.Arrays;

/**
 * How evenly something is divided among n: {@code (sum x)^2 / (n sum x^2)}. It is 1 if all have the
 * same, and k / n if k of them share all of it evenly (R. Jain, D. Chiu, W. Hawe, <i>A Quantitative
 * Measure of Fairness and Discrimination for Resource Allocation in Shared Computer Systems</i>,
 * DEC-TR-301, 1984).
 */
public final class JainsIndex {

  private JainsIndex() {}

  /**
   * The index of these shares.
   *
   * @param shares at least one, none negative
   * @return NaN if nobody has anything
   */
  public static double of(long[] shares) {
    if (shares.length == 0 || Arrays.stream(shares).anyMatch(share -> share < 0)) {
      throw new IllegalArgumentException("shares are " + Arrays.toString(shares));
    }
    double sum = 0;
    double squares = 0;
    for (long share : shares) {
      sum += share;
      squares += (double) share * share;
    }
    return sum * sum / (shares.length * squares);
  }
}
