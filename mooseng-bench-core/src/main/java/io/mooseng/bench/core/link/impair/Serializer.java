package io.mooseng.bench.core.link.impair;

import io.mooseng.bench.core.link.profile.Bottleneck;

/**
 * Sends packets one after the other at a rate. Fractions of a nanosecond are carried, not lost, so
 * that a long backlog keeps the exact rate.
 *
 * <p>Pure arithmetic on the times given; confined to one thread.
 */
public final class Serializer {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;

  private final long bitsPerSecond;
  private final double queueNanos;

  /** Busy until {@code busyUntil + fraction / bitsPerSecond} nanoseconds. */
  private long busyUntil = Long.MIN_VALUE;

  private long fraction;

  public Serializer(Bottleneck bottleneck) {
    this.bitsPerSecond = bottleneck.bitsPerSecond();
    this.queueNanos = bottleneck.queueBytes() * 8.0 * NANOS_PER_SECOND / bitsPerSecond;
  }

  /** Whether the queue has room for {@code bytes} more that arrive at {@code arrivalNanos}. */
  public boolean hasRoom(long arrivalNanos, int bytes) {
    double backlog = busyUntil <= arrivalNanos ? 0 : busyUntil - arrivalNanos;
    return backlog + bytes * 8.0 * NANOS_PER_SECOND / bitsPerSecond <= queueNanos;
  }

  /**
   * Takes in {@code bytes} that arrive together and answers when the last of them has been sent.
   *
   * @param arrivalNanos on the clock the answer is on; should not go backwards
   */
  public long sent(long arrivalNanos, int bytes) {
    if (arrivalNanos > busyUntil) {
      busyUntil = arrivalNanos;
      fraction = 0;
    }
    long work = Math.addExact(Math.multiplyExact(8L * bytes, NANOS_PER_SECOND), fraction);
    busyUntil += work / bitsPerSecond;
    fraction = work % bitsPerSecond;
    return fraction == 0 ? busyUntil : busyUntil + 1;
  }
}
