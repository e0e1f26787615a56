package io.mooseng.bench.core.gate;

import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What a gate found.
 *
 * @param confirmations of regressions that were measured again
 * @param confirming whether regressions are measured again at all
 */
public record GateReport(
    Comparison comparison,
    List<BudgetCheck> checks,
    List<Confirmation> confirmations,
    boolean confirming) {

  /** What becomes of the run. */
  public enum Outcome {
    PASS,
    /** A row failed, a limit is broken, or a regression was confirmed. */
    FAIL,
    /** Nothing is known to be wrong, but not every row could be judged. */
    INCONCLUSIVE
  }

  /** What a row of the comparison means for the gate. */
  public enum RowOutcome {
    PASS,
    FAIL,
    /** A regression that was not found again. */
    NOT_CONFIRMED,
    INCONCLUSIVE
  }

  public GateReport {
    checks = List.copyOf(checks);
    confirmations = List.copyOf(confirmations);
  }

  public Outcome outcome() {
    boolean fails =
        comparison.rows().stream().anyMatch(row -> outcome(row) == RowOutcome.FAIL)
            || checks.stream().anyMatch(BudgetCheck::isBreach);
    if (fails) {
      return Outcome.FAIL;
    }
    boolean judged =
        comparison.rows().stream().allMatch(row -> outcome(row) == RowOutcome.PASS)
            && checks.stream().allMatch(check -> check.kept() != null);
    return judged ? Outcome.PASS : Outcome.INCONCLUSIVE;
  }

  public RowOutcome outcome(ComparedRow row) {
    if (row.failed()) {
      return RowOutcome.FAIL;
    }
    return switch (row.verdict()) {
      case REGRESSION ->
          confirmation(row).map(Confirmation::isConfirmed).orElse(!confirming)
              ? RowOutcome.FAIL
              : RowOutcome.NOT_CONFIRMED;
      case IMPROVEMENT, NO_CHANGE -> RowOutcome.PASS;
      case INCONCLUSIVE -> RowOutcome.INCONCLUSIVE;
    };
  }

  /** The repetition of a row, if it was measured again. */
  public Optional<Confirmation> confirmation(ComparedRow row) {
    return confirmations.stream()
        .filter(
            confirmation ->
                row.verdict() == Verdict.REGRESSION && confirmation.flagged().equals(row))
        .findFirst();
  }
}
