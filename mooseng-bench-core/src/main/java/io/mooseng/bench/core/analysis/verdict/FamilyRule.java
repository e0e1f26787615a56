package io.mooseng.bench.core.analysis.verdict;

import io.mooseng.bench.core.analysis.test.Adjustment;
import io.mooseng.bench.core.analysis.test.MeanTest;
import java.util.ArrayList;
import java.util.List;

/**
 * Judges rows that were measured together. Positive differences are worse.
 *
 * <p>A row is a regression if its one-sided p, adjusted for all rows that have one, is at most
 * {@code alpha}, and its mean difference is at least what matters to it; an improvement is its
 * mirror image. No change is what is left and has its upper confidence bound below what matters.
 * The second condition is what keeps false alarms rare: among 60 rows without a change, one has an
 * adjusted p of 0.05 or less in 5 of 100 builds, and also an effect of 3 % in less than 1 of 100.
 *
 * @param alpha level of the adjusted p
 * @param leastForks fewer on either side, and a row is inconclusive
 */
public record FamilyRule(Adjustment adjusting, double alpha, int leastForks) implements Rule {

  /** For reports: a few false ones among many found do no harm. */
  public static final FamilyRule REPORT = new FamilyRule(Adjustment.BENJAMINI_HOCHBERG, 0.05, 5);

  /** For what stops a build: hardly ever even one false. */
  public static final FamilyRule HARD = new FamilyRule(Adjustment.HOLM, 0.05, 5);

  /** For rows that were picked out and measured again: each is asked once more for itself. */
  public static final FamilyRule CONFIRMATION = new FamilyRule(Adjustment.NONE, 0.05, 5);

  /** Of the upper bound below which nothing has changed. */
  private static final double CONFIDENCE = 0.95;

  @Override
  public List<Judged> judge(List<Row> rows) {
    List<MeanTest> tests =
        rows.stream().filter(this::isTested).map(row -> row.test().orElseThrow()).toList();
    double[] worse = adjusting.adjust(tests.stream().mapToDouble(t -> t.pAbove(0)).toArray());
    double[] better = adjusting.adjust(tests.stream().mapToDouble(t -> t.pBelow(0)).toArray());
    List<Judged> judged = new ArrayList<>();
    int tested = 0;
    for (Row row : rows) {
      if (isTested(row)) {
        judged.add(judge(row, worse[tested], better[tested]));
        tested++;
      } else {
        judged.add(Judged.NOTHING);
      }
    }
    return judged;
  }

  private Judged judge(Row row, double pWorse, double pBetter) {
    MeanTest test = row.test().orElseThrow();
    Verdict verdict;
    if (pWorse <= alpha && test.mean() >= row.least()) {
      verdict = Verdict.REGRESSION;
    } else if (pBetter <= alpha && test.mean() <= -row.least()) {
      verdict = Verdict.IMPROVEMENT;
    } else if (test.surelyBelow(row.least(), CONFIDENCE)) {
      verdict = Verdict.NO_CHANGE;
    } else {
      verdict = Verdict.INCONCLUSIVE;
    }
    return new Judged(verdict, pWorse, pBetter);
  }

  @Override
  public String adjustment() {
    return adjusting.label();
  }
}
