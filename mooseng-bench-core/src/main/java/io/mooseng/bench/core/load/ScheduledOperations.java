package io.mooseng.bench.core.load;

import java.util.concurrent.CompletionStage;

/** The operations of a schedule: what is done at each of its intended starts. */
@FunctionalInterface
public interface ScheduledOperations {

  /**
   * Starts an operation without waiting for its end. Called once for every operation that is
   * started, one call at a time and in the order of the schedule, but by different threads, of
   * which some belong to the target's driver: a call must be short.
   *
   * <p>Who implements it has the operation recorded with its intended start, from which response
   * time and lag are counted.
   *
   * @param index of the operation in its schedule, from 0
   * @param intendedStartNanos when it was to start, on the clock of the {@link Pacing}
   * @return complete when the operation has ended and was recorded; an operation that failed has
   *     ended as well. To complete exceptionally is a defect, as is to throw: it ends the schedule.
   */
  CompletionStage<?> start(long index, long intendedStartNanos);

  /**
   * A schedule begins: what was counted of another one before is not of this. A search runs several
   * and reports the last.
   */
  default void scheduleBegins() {}
}
