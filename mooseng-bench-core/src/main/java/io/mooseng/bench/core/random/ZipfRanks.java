package io.mooseng.bench.core.random;

/**
 * Ranks whose frequency falls with a power of the rank: rank k of n with probability proportional
 * to 1 / k<sup>exponent</sup>. The number of ranks may differ from draw to draw at no cost.
 *
 * <p>Exact, by rejection-inversion: W. Hörmann, G. Derflinger, "Rejection-inversion to generate
 * variates from monotone discrete distributions", ACM TOMACS 6(3), 1996. It needs no table.
 * Immutable; safe for use by any number of threads.
 */
public final class ZipfRanks {

  private final double exponent;

  /** The area under the hat from which rank 1 is drawn ends here. */
  private final double firstArea;

  /** A draw this close to its rank is accepted without computing the exact bound. */
  private final double sureDistance;

  /**
   * @param exponent from 0 (all ranks alike) to 10
   */
  public ZipfRanks(double exponent) {
    if (!(exponent >= 0 && exponent <= 10)) {
      throw new IllegalArgumentException("exponent is " + exponent + "; accepted: from 0 to 10");
    }
    this.exponent = exponent;
    this.firstArea = area(1.5) - 1;
    this.sureDistance = 2 - areaInverse(area(2.5) - hat(2));
  }

  /**
   * Draws a rank.
   *
   * @param ranks how many there are, at least 1
   * @return from 1, the most frequent, to {@code ranks}
   */
  public long next(SeededRandom random, long ranks) {
    if (ranks < 1) {
      throw new IllegalArgumentException(ranks + " ranks; accepted: 1 or more");
    }
    double lastArea = area(ranks + 0.5);
    while (true) {
      double drawn = lastArea + random.nextUnit() * (firstArea - lastArea);
      double x = areaInverse(drawn);
      long rank = Math.min(ranks, Math.max(1, (long) (x + 0.5)));
      if (rank - x <= sureDistance || drawn >= area(rank + 0.5) - hat(rank)) {
        return rank;
      }
    }
  }

  private double hat(double x) {
    return StrictMath.exp(-exponent * StrictMath.log(x));
  }

  /** Integral of the hat from 1 to x; the form holds where the exponent is 1, too. */
  private double area(double x) {
    double log = StrictMath.log(x);
    return expm1OverX((1 - exponent) * log) * log;
  }

  private double areaInverse(double area) {
    // Rounding may lead just below -1, where the logarithm has no value.
    double t = Math.max(-1, area * (1 - exponent));
    return StrictMath.exp(log1pOverX(t) * area);
  }

  /** Continuous at 0, where the quotient as it is written has no value. */
  private static double expm1OverX(double x) {
    return x == 0 ? 1 : StrictMath.expm1(x) / x;
  }

  private static double log1pOverX(double x) {
    return x == 0 ? 1 : StrictMath.log1p(x) / x;
  }
}
