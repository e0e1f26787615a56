package io.mooseng.bench.core.analysis.verdict;

import io.mooseng.bench.core.analysis.test.MeanTest;
import java.util.List;

/**
 * Judges rows of pairs, each of which was measured until {@link SequentialRule} had an answer: a
 * row that stopped is judged by the look at which it did.
 *
 * @param rows how many were begun together
 */
public record SequentialFamily(int rows) implements Rule {

  @Override
  public List<Judged> judge(List<Row> judged) {
    return judged.stream().map(this::judge).toList();
  }

  private Judged judge(Row row) {
    if (!isTested(row)) {
      return Judged.NOTHING;
    }
    MeanTest test = row.test().orElseThrow();
    SequentialRule rule = new SequentialRule(rows, row.least());
    return new Judged(rule.look(test), adjusted(test.pAbove(0)), adjusted(test.pBelow(0)));
  }

  /** Bonferroni, over looks and rows. */
  private double adjusted(double p) {
    return Math.min(1, p * SequentialRule.LOOKS.size() * rows);
  }

  @Override
  public int leastForks() {
    return SequentialRule.LOOKS.get(0);
  }

  /** Between looks nothing is said. */
  @Override
  public boolean isTested(MeanTest test) {
    return SequentialRule.LOOKS.contains(test.n());
  }

  @Override
  public String adjustment() {
    return "Bonferroni, over rows and looks";
  }
}
