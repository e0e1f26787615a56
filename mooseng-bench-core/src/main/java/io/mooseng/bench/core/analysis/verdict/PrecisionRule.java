package io.mooseng.bench.core.analysis.verdict;

import io.mooseng.bench.core.analysis.test.MeanTest;

/**
 * When a row has enough forks: once half the width of the 95 % interval of its mean logarithm is
 * below what was asked, but with no fewer than 6 forks, and with no more than 20. Stopping by the
 * width makes later tests liberal, since forks that happen to agree end a row early: of two such
 * rows of the same build, 8 in 100 differ at p < 0.05 (simulated with forks that scatter by 2.8 %).
 *
 * @param halfWidth of the interval, as a share: 0.02 is 2 %
 */
public record PrecisionRule(double halfWidth) {

  public static final int LEAST_FORKS = 6;
  public static final int MOST_FORKS = 20;

  private static final double CONFIDENCE = 0.95;

  public PrecisionRule {
    if (!(halfWidth > 0 && halfWidth < 1)) {
      throw new IllegalArgumentException("half-width is " + halfWidth + "; accepted: from 0 to 1");
    }
  }

  /**
   * @param logs natural logarithms, one for each fork so far
   */
  public boolean isEnough(double... logs) {
    return logs.length >= MOST_FORKS || logs.length >= LEAST_FORKS && isPrecise(logs);
  }

  /** Whether the interval is narrow enough, however many forks there are. */
  public boolean isPrecise(double... logs) {
    return MeanTest.paired(logs).halfWidth(CONFIDENCE) < StrictMath.log1p(halfWidth);
  }

  /** Half the width of the interval, as a share. */
  public static double halfWidthOf(double... logs) {
    return StrictMath.expm1(MeanTest.paired(logs).halfWidth(CONFIDENCE));
  }
}
