package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.workload.arrival.ArrivalSchedule;
import io.mooseng.bench.core.workload.trace.TracedOperation;

/**
 * The time from the first start of a trace to the last, which is at most the longest schedule: so
 * the times of a replay are far from where nanoseconds would overflow. For one thread.
 */
final class TraceSpan {

  private static final long LONGEST_NANOS = ArrivalSchedule.LONGEST.toNanos();

  /** The end of an operation can be counted. */
  private static final long LATEST_NANOS = Long.MAX_VALUE - LONGEST_NANOS;

  private long first = Long.MAX_VALUE;
  private long last;

  /**
   * Takes the next operation.
   *
   * @throws IllegalArgumentException if it started too far from another one, or took too long
   */
  void add(TracedOperation traced) {
    if (traced.durationNanos() > LONGEST_NANOS) {
      throw new IllegalArgumentException(
          "ns is %d; accepted: up to %d, which is %d days"
              .formatted(traced.durationNanos(), LONGEST_NANOS, ArrivalSchedule.LONGEST.toDays()));
    }
    long start = traced.startNanos();
    if (start > LATEST_NANOS) {
      throw new IllegalArgumentException(
          "t is %d; accepted: up to %d".formatted(start, LATEST_NANOS));
    }
    first = Math.min(first, start);
    last = Math.max(last, start);
    if (last - first > LONGEST_NANOS) {
      long other = start == last ? first : last;
      throw new IllegalArgumentException(
          "t is %d, and was %d; accepted: up to %d days from the first start to the last"
              .formatted(start, other, ArrivalSchedule.LONGEST.toDays()));
    }
  }
}
