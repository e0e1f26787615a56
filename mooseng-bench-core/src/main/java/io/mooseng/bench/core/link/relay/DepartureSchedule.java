package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.profile.OneWay;

/**
 * When bytes that arrive at one end of a direction may leave at the other: a virtual clock that
 * serialises them at the rate of the link and then adds the propagation delay.
 *
 * <p>Departures never go backwards and are never early: {@code departure >= arrival + delay}, and
 * any backlog of n bits takes at least n / rate. Fractions of a nanosecond are carried, not lost,
 * so that a long backlog keeps the exact rate.
 *
 * <p>Pure arithmetic on the times given; confined to one thread.
 */
final class DepartureSchedule {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final long UNLIMITED = 0;

  /** The payload of a TCP segment on Ethernet: 1,500 B less IP and TCP headers with timestamps. */
  private static final int MIN_QUANTUM_BYTES = 1_448;

  private static final int MAX_QUANTUM_BYTES = 1 << 20;

  /** Departures of a limited direction are this far apart or more, so that a relay can rest. */
  private static final long QUANTUM_NANOS = 200_000;

  private final long delayNanos;
  private final long bitsPerSecond;

  /** The serialiser is busy until {@code busyUntil + fraction / bitsPerSecond} nanoseconds. */
  private long busyUntil = Long.MIN_VALUE;

  private long fraction;
  private long latest = Long.MIN_VALUE;

  DepartureSchedule(OneWay way) {
    this.delayNanos = way.delay().toNanos();
    this.bitsPerSecond = way.bitsPerSecond().orElse(UNLIMITED);
  }

  /**
   * Takes in {@code bytes} that arrived together and answers when the last of them departs.
   *
   * @param arrivalNanos on the clock the answer is on; should not go backwards
   */
  long departure(long arrivalNanos, int bytes) {
    long sent = bitsPerSecond == UNLIMITED ? arrivalNanos : serialise(arrivalNanos, bytes);
    latest = Math.max(latest, sent + delayNanos);
    return latest;
  }

  private long serialise(long arrivalNanos, int bytes) {
    if (arrivalNanos > busyUntil) {
      busyUntil = arrivalNanos;
      fraction = 0;
    }
    long work = Math.addExact(Math.multiplyExact(8L * bytes, NANOS_PER_SECOND), fraction);
    busyUntil += work / bitsPerSecond;
    fraction = work % bitsPerSecond;
    return fraction == 0 ? busyUntil : busyUntil + 1;
  }

  /** Larger arrivals should be given in parts of at most this many bytes, to leave gradually. */
  int quantumBytes() {
    if (bitsPerSecond == UNLIMITED) {
      return Integer.MAX_VALUE;
    }
    long bytes = bitsPerSecond / 8 * QUANTUM_NANOS / NANOS_PER_SECOND;
    return (int) Math.min(MAX_QUANTUM_BYTES, Math.max(MIN_QUANTUM_BYTES, bytes));
  }
}
