package io.mooseng.bench.core.analysis.compare;

import io.mooseng.bench.core.analysis.verdict.Verdict;
import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One row of two runs.
 *
 * @param metric what is compared; null if either side has no value of it
 * @param unit of both sides; null without a metric
 * @param base null if there is no value
 * @param candidate null if there is no value
 * @param difference null if there are too few forks for any
 * @param verdict null where none is given: across hosts
 * @param failed whether the candidate failed and the base did not
 * @param notes what must be known to read the row, one line each
 */
public record ComparedRow(
    RowKey key,
    Fidelity fidelity,
    String metric,
    String unit,
    Direction direction,
    Side base,
    Side candidate,
    Difference difference,
    Verdict verdict,
    boolean failed,
    List<String> notes) {

  public ComparedRow {
    notes = List.copyOf(notes);
  }

  /**
   * One run's side of a row.
   *
   * @param value geometric mean over forks
   * @param halfWidth of its 95 % interval, as a share of the value; null with fewer than two forks
   * @param forks how many
   * @param ofCeiling share of the ceiling it was judged against; null if there was none
   */
  public record Side(double value, Double halfWidth, int forks, Double ofCeiling) {}

  /**
   * By how much the candidate differs from the base, as a share of the base: 0.05 is 5 % more,
   * whether that is better or worse.
   *
   * @param lo lower end of the 95 % interval
   * @param hi upper end
   * @param p one-sided, for the direction it went, not adjusted
   * @param adjusted for the family of rows; null where the row is no part of it: too few forks, or
   *     forks that never settled
   * @param pPermutation of a test that assumes nothing of the noise; null where there are no pairs
   * @param detectable the smallest change for the worse that would have been found four times in
   *     five, as a share
   * @param threshold the smallest change that matters, as a share
   * @param raised whether the noise of the machine set the threshold
   */
  public record Difference(
      double change,
      double lo,
      double hi,
      double p,
      Double adjusted,
      Double pPermutation,
      double detectable,
      double threshold,
      boolean raised) {}

  /**
   * The same row after it was measured again: what is not found again is inconclusive.
   *
   * @param again the repetition by the same metric, judged for itself
   */
  ComparedRow repeated(ComparedRow again) {
    boolean confirmed = again.failed() || again.verdict() == Verdict.REGRESSION;
    List<String> more = new ArrayList<>(notes);
    more.add((confirmed ? "found again" : "not found again") + " with fresh pairs" + seen(again));
    return new ComparedRow(
        key,
        fidelity,
        metric,
        unit,
        direction,
        base,
        candidate,
        difference,
        confirmed ? verdict : Verdict.INCONCLUSIVE,
        failed,
        more);
  }

  private static String seen(ComparedRow again) {
    if (again.failed()) {
      return ": it failed";
    }
    Difference found = again.difference();
    return found == null
        ? ": no values"
        : String.format(
            Locale.ROOT,
            ": %+.1f %% [%+.1f, %+.1f], p %.2g, %d pairs",
            100 * found.change(),
            100 * found.lo(),
            100 * found.hi(),
            found.p(),
            again.candidate().forks());
  }

  /** The row as people name it. */
  public String name() {
    return RowNames.of(key);
  }
}
