package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.impair.JitterSource;
import io.mooseng.bench.core.link.impair.Serializer;
import io.mooseng.bench.core.link.profile.Bottleneck;
import io.mooseng.bench.core.link.profile.OneWay;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.Optional;

/**
 * When bytes that arrive at one end of a direction may leave at the other: they are serialised at
 * the rate of the link, as the packets TCP would cut them into, and then held for the delay with
 * its jitter.
 *
 * <p>Departures never go backwards and, without jitter, are never early: {@code departure >=
 * arrival + delay}, and any backlog of n bits takes at least n / rate.
 *
 * <p>Pure arithmetic on the times given; confined to one thread.
 */
final class DepartureSchedule {

  private static final long NANOS_PER_SECOND = 1_000_000_000L;
  private static final int MAX_QUANTUM_BYTES = 1 << 20;
  private static final int HEADER_BYTES = Bottleneck.PACKET_BYTES - Bottleneck.PAYLOAD_BYTES;

  /** Departures of a limited direction are this far apart or more, so that a relay can rest. */
  private static final long QUANTUM_NANOS = 200_000;

  private final OneWay way;
  private final long delayNanos;
  private final Optional<Serializer> bottleneck;
  private final JitterSource jitter;
  private long latest = Long.MIN_VALUE;

  /**
   * @param seed of the jitter
   */
  DepartureSchedule(OneWay way, long seed) {
    this.way = way;
    this.delayNanos = way.delay().toNanos();
    this.bottleneck = way.bottleneck().map(Serializer::new);
    this.jitter = new JitterSource(way.jitter(), new SeededRandom(seed));
  }

  /**
   * Takes in {@code bytes} that arrived together and answers when the last of them departs.
   *
   * @param arrivalNanos on the clock the answer is on; should not go backwards
   */
  long departure(long arrivalNanos, int bytes) {
    long sent =
        bottleneck.isPresent()
            ? bottleneck.get().sent(arrivalNanos, packetBytes(bytes))
            : arrivalNanos;
    long held = Math.max(0, delayNanos + jitter.nextNanos());
    latest = Math.max(latest, sent + held);
    return latest;
  }

  /** How long the packets are that carry {@code bytes} of a stream, with their headers. */
  static int packetBytes(int bytes) {
    if (bytes == 0) {
      return 0;
    }
    double packets = Math.max(1, bytes / (double) Bottleneck.PAYLOAD_BYTES);
    return bytes + (int) Math.round(packets * HEADER_BYTES);
  }

  /** Larger arrivals should be given in parts of at most this many bytes, to leave gradually. */
  int quantumBytes() {
    if (bottleneck.isEmpty()) {
      return Integer.MAX_VALUE;
    }
    long bytes = way.bitsPerSecond().getAsLong() / 8 * QUANTUM_NANOS / NANOS_PER_SECOND;
    return (int) Math.min(MAX_QUANTUM_BYTES, Math.max(Bottleneck.PAYLOAD_BYTES, bytes));
  }
}
