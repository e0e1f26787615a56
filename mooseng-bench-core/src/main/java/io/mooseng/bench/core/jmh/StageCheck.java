package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

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

  /** What must be known of the stages of a row. */
  static List<String> warnings(ResultRecord row) {
    return Stream.of(gaps(row), implausibleTimes(row)).flatMap(Optional::stream).toList();
  }

  private static Optional<String> implausibleTimes(ResultRecord row) {
    Double calls = row.valueOrNull(Quantity.IMPLAUSIBLE_TIMES.label());
    return Optional.ofNullable(calls)
        .map(
            count ->
                String.format(
                    Locale.ROOT,
                    "%.0f calls have times of the server that cannot be true by the client's clock;"
                        + " their operations have no stages request, server and answer",
                    count));
  }

  /** Empty if the stages fit, or if there are none. */
  private static Optional<String> gaps(ResultRecord row) {
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
