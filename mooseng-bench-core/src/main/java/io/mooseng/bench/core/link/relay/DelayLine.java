package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.relay.SegmentPool.Segment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The bytes under way in one direction of one connection, in order, each with the time it is due.
 *
 * <p>Confined to the thread of its relay.
 */
final class DelayLine {

  /** What {@link #nextDueNanos} answers when nothing waits for its time. */
  static final long NEVER = Long.MAX_VALUE;

  /** A tail with less room than this is left alone: tiny reads cost a system call each. */
  private static final int MIN_ROOM_BYTES = 4 << 10;

  /** Bytes that become due together; no bytes: the end of the stream. */
  private record Mark(long dueNanos, int bytes) {}

  private final SegmentPool pool;
  private final int minRoomBytes;
  private final Deque<Segment> segments = new ArrayDeque<>();
  private final Deque<Mark> marks = new ArrayDeque<>();
  private long heldBytes;
  private long dueBytes;
  private boolean endIsDue;

  DelayLine(SegmentPool pool, int segmentBytes) {
    this.pool = pool;
    this.minRoomBytes = Math.min(MIN_ROOM_BYTES, segmentBytes);
  }

  long heldBytes() {
    return heldBytes;
  }

  /** Whether more bytes can be taken in without going beyond the total of the pool. */
  boolean hasRoom() {
    return segments.isEmpty() || tailHasRoom() || pool.hasRoom();
  }

  private boolean tailHasRoom() {
    return segments.peekLast().filler().remaining() >= minRoomBytes;
  }

  /** Where arriving bytes are to be put; tell {@link #arrived} how many were. */
  ByteBuffer space() {
    if (segments.isEmpty() || !tailHasRoom()) {
      segments.addLast(pool.take());
    }
    return segments.peekLast().filler();
  }

  /** Gives back what {@link #space} took, if nothing is held. */
  void trim() {
    if (heldBytes == 0) {
      giveBackAll();
    }
  }

  /** The next {@code bytes} of those put into {@link #space} are due at {@code dueNanos}. */
  void arrived(int bytes, long dueNanos) {
    heldBytes += bytes;
    marks.addLast(new Mark(dueNanos, bytes));
  }

  /** The stream ends after what has arrived, and the end is due at {@code dueNanos}. */
  void ended(long dueNanos) {
    marks.addLast(new Mark(dueNanos, 0));
  }

  /** When the next bytes or the end are due that {@link #advance} has not yet passed. */
  long nextDueNanos() {
    Mark next = marks.peekFirst();
    return next == null ? NEVER : next.dueNanos();
  }

  /** Makes everything due that is due at {@code nowNanos}. */
  void advance(long nowNanos) {
    while (nextDueNanos() <= nowNanos) {
      int bytes = marks.pollFirst().bytes();
      dueBytes += bytes;
      endIsDue |= bytes == 0;
    }
  }

  /**
   * Writes what is due.
   *
   * @return false if {@code sink} does not take it all now
   */
  boolean drainTo(WritableByteChannel sink) throws IOException {
    while (dueBytes > 0) {
      Segment head = segments.peekFirst();
      ByteBuffer drainer = head.drainer();
      int available = head.filler().position() - drainer.position();
      int wanted = (int) Math.min(dueBytes, available);
      drainer.limit(drainer.position() + wanted);
      int written = sink.write(drainer);
      dueBytes -= written;
      heldBytes -= written;
      if (head.drained() && (segments.size() > 1 || heldBytes == 0)) {
        pool.give(segments.pollFirst());
      }
      if (written < wanted) {
        return false;
      }
    }
    trim();
    return true;
  }

  /** Whether the end is due and all before it has been written. */
  boolean exhausted() {
    return endIsDue && heldBytes == 0;
  }

  /** Forgets everything under way. */
  void discard() {
    marks.clear();
    heldBytes = 0;
    dueBytes = 0;
    giveBackAll();
  }

  private void giveBackAll() {
    while (!segments.isEmpty()) {
      pool.give(segments.pollFirst());
    }
  }
}
