package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.Locale;
import java.util.Optional;

/** Whether the stages of a row explain the latency of its operations. */
final class StageCheck {

  /** Stages that add up to less of the latency leave a gap. */
  private static final double LEAST = 0.95;

  /** Stages that add up to more of the latency overlap. */
  private static final double MOST = 1.05;

  /**
   * As many operations may each be outside: an operation's few clock readings can be torn apart.
   */
  private static final double MOST_MISFITS = 0.05;

  private static final double PERCENT = 100;

  private StageCheck() {}

  /** What must be known of the stages of a row; empty if they fit, or if there are none. */
  static Optional<String> warning(ResultRecord row) {
    Double coverage = row.valueOrNull(Quantity.STAGE_COVERAGE.label());
    Double misfits = row.valueOrNull(Quantity.STAGE_MISFITS.label());
    if (coverage == null || misfits == null) {
      return Optional.empty();
    }
    boolean fits = coverage >= LEAST && coverage <= MOST && misfits <= MOST_MISFITS;
    return fits
        ? Optional.empty()
        : Optional.of(
            String.format(
                Locale.ROOT,
                "stages add up to %.1f %% of the latency, and miss it by more than 5 %% in %.1f %%"
                    + " of the operations: they do not tell where all the time went",
                PERCENT * coverage,
                PERCENT * misfits));
  }
}
