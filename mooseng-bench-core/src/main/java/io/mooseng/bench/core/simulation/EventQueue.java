package io.mooseng.bench.core.simulation;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.BooleanSupplier;

/**
 * What is going to happen, in the order of virtual time; events of the same instant happen in the
 * order in which they were scheduled. An event may schedule others, and may itself run the queue.
 * Used by one thread.
 */
public final class EventQueue {

  private record Event(long atNanos, long sequence, Runnable action) {}

  private final VirtualClock clock = new VirtualClock();
  private final PriorityQueue<Event> events =
      new PriorityQueue<>(
          Comparator.comparingLong(Event::atNanos).thenComparingLong(Event::sequence));
  private long sequence;

  /** The clock, which only this queue advances. */
  public VirtualClock clock() {
    return clock;
  }

  /** Schedules {@code action} in {@code delayNanos} from now, which is not negative. */
  public void schedule(long delayNanos, Runnable action) {
    if (delayNanos < 0) {
      throw new IllegalArgumentException("the past cannot be scheduled: " + delayNanos + " ns");
    }
    events.add(new Event(clock.nanoTime() + delayNanos, sequence++, action));
  }

  /**
   * Lets events happen until {@code condition} holds.
   *
   * @throws IllegalStateException if nothing is left to happen and it still does not hold
   */
  public void runUntil(BooleanSupplier condition) {
    while (!condition.getAsBoolean()) {
      Event next = events.poll();
      if (next == null) {
        throw new IllegalStateException(
            "nothing is left to happen in virtual time, and what is awaited has not happened");
      }
      clock.advanceTo(next.atNanos());
      next.action().run();
    }
  }
}
