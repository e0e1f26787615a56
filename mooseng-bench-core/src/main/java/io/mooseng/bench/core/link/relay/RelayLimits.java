package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.profile.Bottleneck;
import io.mooseng.bench.core.link.profile.OneWay;

/**
 * How much a relay may hold. Beyond it the relay stops reading, and TCP pushes back.
 *
 * @param segmentBytes size of a pooled buffer
 * @param connectionBytes most that one direction of one connection holds
 * @param totalBytes most that all hold together, apart from one segment per direction, which each
 *     has for certain so that no slow reader can stall the others
 */
record RelayLimits(int segmentBytes, long connectionBytes, long totalBytes) {

  private static final int SEGMENT_BYTES = 128 << 10;

  /**
   * About five times the receive window Linux grants by default (6 MiB, tcp(7) tcp_rmem), so that
   * the relay is not the narrowest window of the path.
   */
  private static final long CONNECTION_BYTES = 32 << 20;

  private static final long MIN_CONNECTION_BYTES = 64 << 10;
  private static final long MIN_TOTAL_BYTES = 16 << 20;
  private static final long MAX_TOTAL_BYTES = 256 << 20;

  RelayLimits {
    if (segmentBytes < 1 || connectionBytes < 1 || totalBytes < segmentBytes) {
      throw new IllegalArgumentException("a relay must be able to hold a segment");
    }
  }

  /** Limits that leave most of the direct memory of this JVM to others. */
  static RelayLimits defaults() {
    long share = Runtime.getRuntime().maxMemory() / 4;
    return new RelayLimits(
        SEGMENT_BYTES, CONNECTION_BYTES, clamp(share, MIN_TOTAL_BYTES, MAX_TOTAL_BYTES));
  }

  /**
   * What one connection may have under way in a direction. Where a rate is set it is what fills the
   * delay and the queue.
   */
  long allowanceBytes(OneWay way) {
    if (way.bottleneck().isEmpty()) {
      return connectionBytes;
    }
    Bottleneck slow = way.bottleneck().get();
    double seconds = way.delay().toNanos() / 1e9;
    long needed = slow.queueBytes() + (long) (slow.bitsPerSecond() / 8.0 * seconds);
    return clamp(needed, Math.min(MIN_CONNECTION_BYTES, connectionBytes), connectionBytes);
  }

  private static long clamp(long value, long low, long high) {
    return Math.max(low, Math.min(high, value));
  }
}
