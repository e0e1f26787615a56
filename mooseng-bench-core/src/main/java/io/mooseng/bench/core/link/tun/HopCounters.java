package io.mooseng.bench.core.link.tun;

import io.mooseng.bench.core.link.impair.Fate;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/**
 * What became of the packets of one direction of a link. One thread counts; any may read, and sees
 * what was counted up to a moment ago.
 */
final class HopCounters {

  private final AtomicLong packets = new AtomicLong();
  private final AtomicLong bytes = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private final AtomicLong queueFull = new AtomicLong();
  private final AtomicLong duplicated = new AtomicLong();
  private final AtomicLong corrupted = new AtomicLong();
  private final LongConsumer droppedNumbers;

  /**
   * @param droppedNumbers is told the number of each packet that is dropped
   */
  HopCounters(LongConsumer droppedNumbers) {
    this.droppedNumbers = droppedNumbers;
  }

  void count(Fate fate, int length) {
    add(packets, 1);
    add(bytes, length);
    if (fate.dropped()) {
      add(fate.kind() == Fate.Kind.LOST ? lost : queueFull, 1);
      droppedNumbers.accept(fate.number());
      return;
    }
    if (fate.duplicated()) {
      add(duplicated, 1);
    }
    if (fate.corrupted()) {
      add(corrupted, 1);
    }
  }

  /** Cheaper than an atomic addition, and enough for a single writer. */
  private static void add(AtomicLong counter, long amount) {
    counter.lazySet(counter.getPlain() + amount);
  }

  HopCounts counts() {
    return new HopCounts(
        packets.get(), bytes.get(), lost.get(), queueFull.get(), duplicated.get(), corrupted.get());
  }
}
