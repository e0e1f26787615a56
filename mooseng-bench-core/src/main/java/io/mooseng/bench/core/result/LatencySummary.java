package io.mooseng.bench.core.result;

import org.HdrHistogram.AbstractHistogram;

/**
 * Latency of one iteration, in nanoseconds. Each value is null where it would rest on too few
 * samples; see {@link Percentile}.
 */
public record LatencySummary(Long p50, Long p99, Long max) {

  /** The summary of nothing. */
  public static final LatencySummary EMPTY = new LatencySummary(null, null, null);

  public static LatencySummary of(AbstractHistogram latencyNanos) {
    return new LatencySummary(
        Percentile.P50.valueOrNull(latencyNanos),
        Percentile.P99.valueOrNull(latencyNanos),
        latencyNanos.getTotalCount() == 0 ? null : (Long) latencyNanos.getMaxValue());
  }
}
