package io.mooseng.bench.core.workload.arrival;

/**
 * One pass through the intended starts of a schedule. Safe for use by any number of threads: each
 * start is handed out exactly once, in order.
 */
public interface Arrivals {

  /** What {@link #next} answers after the last start. */
  long END = -1;

  /**
   * Takes the next intended start.
   *
   * @return nanoseconds since the schedule's begin, never less than the one before, and less than
   *     the schedule's duration; or {@link #END}
   */
  long next();
}
