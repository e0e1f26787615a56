package io.mooseng.bench.core.analysis.verdict;

import io.mooseng.bench.core.analysis.test.MeanTest;
import java.util.List;
import java.util.Optional;

/** How rows that were measured together are judged. Positive differences are worse. */
public interface Rule {

  /** One judgement for each row, in their order. */
  List<Judged> judge(List<Row> rows);

  /** Forks on either side below which nothing is concluded. */
  int leastForks();

  /** How p are adjusted, for people. */
  String adjustment();

  /** Whether there are forks enough for a conclusion. */
  default boolean isTested(MeanTest test) {
    return test.n() >= leastForks();
  }

  /** Whether a row is judged at all. */
  default boolean isTested(Row row) {
    return !row.blocked() && row.test().filter(this::isTested).isPresent();
  }

  /**
   * One row.
   *
   * @param test empty if there are too few values for any
   * @param least the smallest mean difference of logarithms that matters, above 0
   * @param blocked whether something else forbids a conclusion
   */
  record Row(Optional<MeanTest> test, double least, boolean blocked) {

    public Row {
      if (!(least > 0 && Double.isFinite(least))) {
        throw new IllegalArgumentException("least is " + least + "; accepted: above 0");
      }
    }
  }

  /**
   * @param pWorse adjusted; 1 where the row was not tested
   * @param pBetter adjusted; 1 where the row was not tested
   */
  record Judged(Verdict verdict, double pWorse, double pBetter) {

    /** Of a row that was not tested. */
    static final Judged NOTHING = new Judged(Verdict.INCONCLUSIVE, 1, 1);
  }
}
