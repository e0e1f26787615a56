package io.mooseng.bench.core.analysis;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds the concurrency of a row, which was counted, against its latencies, by Little's law (see
 * {@link Quantity#LITTLES_LAW}). Where they contradict each other one of them is wrong.
 */
public final class LittlesLaw {

  private static final double LOWEST = 0.95;
  private static final double HIGHEST = 1.05;

  private LittlesLaw() {}

  /** What is wrong with a row, in one line; empty if nothing is, or nothing was counted. */
  public static Optional<String> violation(ResultRecord row) {
    Double ratio = row.valueOrNull(Quantity.LITTLES_LAW.label());
    Double counted = row.valueOrNull(Quantity.CONCURRENCY.label());
    if (ratio == null || counted == null || ratio >= LOWEST && ratio <= HIGHEST) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%.3g operations under way, %.2f x throughput x latency (Little's law): %s",
            counted,
            ratio,
            ratio > HIGHEST
                ? "ends were lost, or latency leaves time out"
                : "some were not counted, or latency is too high"));
  }
}
