package io.mooseng.bench.core.link.tun;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How packets left a route. One thread counts; any may read, and sees what was counted up to a
 * moment ago.
 */
final class DeliveryCounters {

  /** A packet that leaves later than this after it was due is counted as late. */
  static final long LATE_NANOS = 1_000_000;

  private final AtomicLong delivered = new AtomicLong();
  private final AtomicLong late = new AtomicLong();
  private final AtomicLong latestNanos = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  /**
   * @param packets on the wire
   * @param lateNanos how long after they were due
   * @param written what writing them answered: a negative error number if the kernel refused them
   */
  void count(int packets, long lateNanos, int written) {
    if (written < 0) {
      refused.lazySet(refused.getPlain() + packets);
      return;
    }
    delivered.lazySet(delivered.getPlain() + packets);
    if (lateNanos > LATE_NANOS) {
      late.lazySet(late.getPlain() + packets);
    }
    if (lateNanos > latestNanos.getPlain()) {
      latestNanos.lazySet(lateNanos);
    }
  }

  /** How many packets have left. */
  long delivered() {
    return delivered.get();
  }

  /** How many of them more than {@value #LATE_NANOS} ns after they were due. */
  long late() {
    return late.get();
  }

  /** The longest that one left after it was due, in nanoseconds. */
  long latestNanos() {
    return latestNanos.get();
  }

  /** How many the kernel did not take: none, unless something is broken. */
  long refused() {
    return refused.get();
  }
}
