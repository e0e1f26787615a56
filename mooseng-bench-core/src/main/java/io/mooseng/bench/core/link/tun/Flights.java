package io.mooseng.bench.core.link.tun;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.PriorityQueue;

/**
 * What is on its way over one link, by the time it is due.
 *
 * <p>Nearly all packets are due in the order in which they came and need no sorting; those that
 * overtake others are kept apart. Confined to one thread. Entries are used again and again: nothing
 * is allocated per packet.
 */
final class Flights {

  /** There is none. */
  static final long NEVER = Long.MAX_VALUE;

  /** No bit is to be changed. */
  static final int INTACT = -1;

  /** Packets on the wire that follow each other within one packet of a device. */
  static final class Flight implements Comparable<Flight> {
    private long due;
    private long order;
    private long packet;
    private int first;
    private int count;
    private int corruptBit;

    /** When it leaves the link. */
    long due() {
      return due;
    }

    /** The number of the packet in the arena. */
    long packet() {
      return packet;
    }

    /** Which of the packets that it stands for is the first. */
    int first() {
      return first;
    }

    /** How many of them. */
    int count() {
      return count;
    }

    /** Which bit is to be changed, of a single one; or {@link #INTACT}. */
    int corruptBit() {
      return corruptBit;
    }

    private boolean isContinuedBy(long nextPacket, int nextFirst, int nextBit) {
      return packet == nextPacket
          && first + count == nextFirst
          && corruptBit == INTACT
          && nextBit == INTACT;
    }

    @Override
    public int compareTo(Flight other) {
      int byTime = Long.compare(due, other.due);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  private final ArrayDeque<Flight> ordered = new ArrayDeque<>();
  private final PriorityQueue<Flight> others = new PriorityQueue<>();
  private final Deque<Flight> free = new ArrayDeque<>();
  private long orders;

  /**
   * Adds one packet on the wire.
   *
   * @return whether it is an entry of its own, which refers to the packet of the arena once more;
   *     if not, it joined the one before it
   */
  boolean add(long due, long packet, int segment, int corruptBit) {
    Flight last = ordered.peekLast();
    if (last != null && last.due == due && last.isContinuedBy(packet, segment, corruptBit)) {
      last.count++;
      return false;
    }
    Flight added = free.isEmpty() ? new Flight() : free.pollLast();
    added.due = due;
    added.order = orders++;
    added.packet = packet;
    added.first = segment;
    added.count = 1;
    added.corruptBit = corruptBit;
    if (last == null || last.due <= due) {
      ordered.addLast(added);
    } else {
      others.add(added);
    }
    return true;
  }

  /** When the next is due, or {@link #NEVER}. */
  long nextDue() {
    Flight next = peek();
    return next == null ? NEVER : next.due;
  }

  private Flight peek() {
    Flight inOrder = ordered.peekFirst();
    Flight other = others.peek();
    if (inOrder == null || other != null && other.compareTo(inOrder) < 0) {
      return other;
    }
    return inOrder;
  }

  /** Takes the next one, which the caller gives back by {@link #recycle}; null if there is none. */
  Flight poll() {
    Flight next = peek();
    if (next == null) {
      return null;
    }
    return next == ordered.peekFirst() ? ordered.pollFirst() : others.poll();
  }

  /**
   * Takes the next one if it is due at {@code now} and carries on where {@code flight} ends: then
   * both leave as one. The caller gives back the reference of the one that was taken.
   */
  boolean join(Flight flight, long now) {
    Flight next = peek();
    if (next == null
        || next.due > now
        || !flight.isContinuedBy(next.packet, next.first, next.corruptBit)) {
      return false;
    }
    flight.count += next.count;
    recycle(poll());
    return true;
  }

  void recycle(Flight flight) {
    free.addLast(flight);
  }
}
