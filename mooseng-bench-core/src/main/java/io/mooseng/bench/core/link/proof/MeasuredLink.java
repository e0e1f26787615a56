package io.mooseng.bench.core.link.proof;

import java.util.Arrays;

/**
 * The round trip a link was measured to have, beside the one asked.
 *
 * <p>Percentiles are by nearest rank: with fewer than 100 pings the 99th is the largest.
 *
 * @param requestedRttNanos the round trip asked
 * @param pings how many round trips were measured
 * @param minNanos the shortest
 * @param p50Nanos the median
 * @param p99Nanos the 99th percentile
 */
public record MeasuredLink(
    long requestedRttNanos, int pings, long minNanos, long p50Nanos, long p99Nanos) {

  private static final long MIN_TOLERANCE_NANOS = 1_000_000;
  private static final int TOLERANCE_PERCENT = 2;

  public MeasuredLink {
    if (requestedRttNanos < 0 || pings < 1 || minNanos < 0) {
      throw new IllegalArgumentException("a measured link needs a ping and no negative time");
    }
    if (minNanos > p50Nanos || p50Nanos > p99Nanos) {
      throw new IllegalArgumentException(
          "percentiles out of order: min %d, p50 %d, p99 %d ns"
              .formatted(minNanos, p50Nanos, p99Nanos));
    }
  }

  /** Summarises round trips in any order. */
  static MeasuredLink of(long requestedRttNanos, long[] rttNanos) {
    long[] sorted = rttNanos.clone();
    Arrays.sort(sorted);
    return new MeasuredLink(
        requestedRttNanos, sorted.length, sorted[0], rank(sorted, 50), rank(sorted, 99));
  }

  private static long rank(long[] sorted, int percent) {
    return sorted[(sorted.length * percent + 99) / 100 - 1];
  }

  /** How far the median may be from the round trip asked: 2 %, and never less than 1 ms. */
  public long toleranceNanos() {
    return Math.max(MIN_TOLERANCE_NANOS, requestedRttNanos * TOLERANCE_PERCENT / 100);
  }

  /** Whether the median is as near to the round trip asked as {@link #toleranceNanos} wants. */
  public boolean withinTolerance() {
    return Math.abs(p50Nanos - requestedRttNanos) <= toleranceNanos();
  }
}
