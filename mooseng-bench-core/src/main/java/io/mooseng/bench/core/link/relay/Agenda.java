package io.mooseng.bench.core.link.relay;

import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Things to do at a time, earliest first and in the order they were added where times are equal.
 *
 * <p>Confined to the thread of its relay.
 */
final class Agenda {

  /** Something that has to be done once its time has come. */
  @FunctionalInterface
  interface Task {

    /**
     * Does it.
     *
     * @param dueNanos the time it was planned for; a task that was planned again since ignores it
     * @param nowNanos the time it is, not before {@code dueNanos}
     */
    void run(long dueNanos, long nowNanos);
  }

  private record Entry(long dueNanos, long order, Task task) {}

  private final PriorityQueue<Entry> entries =
      new PriorityQueue<>(
          Comparator.comparingLong(Entry::dueNanos).thenComparingLong(Entry::order));
  private long added;

  void add(long dueNanos, Task task) {
    entries.add(new Entry(dueNanos, added++, task));
  }

  /** Runs all that is due at {@code nowNanos}. */
  void runDue(long nowNanos) {
    while (nextDueNanos() <= nowNanos) {
      Entry entry = entries.poll();
      entry.task().run(entry.dueNanos(), nowNanos);
    }
  }

  /** The earliest time something is due; {@link DelayLine#NEVER} if nothing is. */
  long nextDueNanos() {
    Entry next = entries.peek();
    return next == null ? DelayLine.NEVER : next.dueNanos();
  }
}
