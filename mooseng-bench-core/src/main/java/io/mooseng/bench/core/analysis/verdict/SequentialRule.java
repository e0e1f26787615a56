package io.mooseng.bench.core.analysis.verdict;

import io.mooseng.bench.core.analysis.test.MeanTest;
import java.util.List;

/**
 * When to stop measuring more pairs of a row: looks after 6, 10, 14 and 20 pairs, and at no other
 * time. Positive differences are worse.
 *
 * <p>A look says regression if the one-sided p is below {@code alpha} divided by the number of
 * looks and rows (Bonferroni), and the mean is at least what matters; improvement likewise; no
 * change if the upper 95 % bound is below what matters. Looking after every pair at 0.05 would say
 * regression of one in five rows without a change.
 *
 * @param rows how many rows are looked at together
 * @param least the smallest mean difference of logarithms that matters
 */
public record SequentialRule(int rows, double least) {

  /** After how many pairs to look. */
  public static final List<Integer> LOOKS = List.of(6, 10, 14, 20);

  private static final double ALPHA = 0.01;
  private static final double CONFIDENCE = 0.95;

  public SequentialRule {
    if (rows < 1 || !(least > 0)) {
      throw new IllegalArgumentException("rows " + rows + ", least " + least);
    }
  }

  /** The level of one look at one row. */
  public double level() {
    return ALPHA / LOOKS.size() / rows;
  }

  /**
   * What the pairs so far say.
   *
   * @return {@link Verdict#INCONCLUSIVE}: go on, or give up after the last look
   */
  public Verdict look(double... differences) {
    return look(MeanTest.paired(differences));
  }

  /** As {@link #look(double...)}. */
  Verdict look(MeanTest test) {
    if (!LOOKS.contains(test.n())) {
      throw new IllegalArgumentException("a look after " + test.n() + " pairs; accepted: " + LOOKS);
    }
    if (test.mean() >= least && test.pAbove(0) < level()) {
      return Verdict.REGRESSION;
    }
    if (test.mean() <= -least && test.pBelow(0) < level()) {
      return Verdict.IMPROVEMENT;
    }
    return test.surelyBelow(least, CONFIDENCE) ? Verdict.NO_CHANGE : Verdict.INCONCLUSIVE;
  }
}
