package io.mooseng.bench.core.gate;

import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.verdict.Verdict;

/**
 * A regression that was measured again.
 *
 * @param flagged what was found
 * @param again the baseline against the repetition
 */
public record Confirmation(ComparedRow flagged, ComparedRow again) {

  /** Whether it was found again; a row that fails when it is repeated is no better. */
  public boolean isConfirmed() {
    return again.failed() || again.verdict() == Verdict.REGRESSION;
  }
}
