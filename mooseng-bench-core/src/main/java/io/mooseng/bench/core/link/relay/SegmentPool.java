package io.mooseng.bench.core.link.relay;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Direct buffers of one size, used again and again.
 *
 * <p>Confined to the thread of its relay, but for {@link #heldBytes} and {@link #peakBytes}.
 */
final class SegmentPool {

  /**
   * A buffer that is filled at one end and emptied at the other.
   *
   * @param filler its position is where the next byte goes
   * @param drainer its position is where the next byte comes from
   */
  record Segment(ByteBuffer filler, ByteBuffer drainer) {

    boolean drained() {
      return drainer.position() == filler.position();
    }
  }

  private final Deque<Segment> free = new ArrayDeque<>();
  private final RelayLimits limits;
  private volatile long heldBytes;
  private volatile long peakBytes;

  SegmentPool(RelayLimits limits) {
    this.limits = limits;
  }

  /** Whether the total of the limits leaves room for one more segment. */
  boolean hasRoom() {
    return heldBytes + limits.segmentBytes() <= limits.totalBytes();
  }

  /** An empty segment, also beyond the total: the caller asks {@link #hasRoom} where it matters. */
  Segment take() {
    heldBytes = heldBytes + limits.segmentBytes();
    peakBytes = Math.max(peakBytes, heldBytes);
    Segment segment = free.pollFirst();
    if (segment != null) {
      return segment;
    }
    ByteBuffer filler = ByteBuffer.allocateDirect(limits.segmentBytes());
    return new Segment(filler, filler.duplicate());
  }

  void give(Segment segment) {
    segment.filler().clear();
    segment.drainer().clear();
    boolean withinTotal = heldBytes <= limits.totalBytes();
    heldBytes = heldBytes - limits.segmentBytes();
    if (withinTotal) {
      free.addFirst(segment);
    }
  }

  /** Memory in use now, in bytes; any thread may ask. */
  long heldBytes() {
    return heldBytes;
  }

  /** The most memory ever in use, in bytes; any thread may ask. */
  long peakBytes() {
    return peakBytes;
  }
}
