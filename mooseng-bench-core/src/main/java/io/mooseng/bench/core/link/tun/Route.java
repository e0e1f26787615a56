package io.mooseng.bench.core.link.tun;

import io.mooseng.bench.core.link.linux.NativeMemory;
import io.mooseng.bench.core.link.tun.Flights.Flight;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The way of packets from one device to another, over one or more links.
 *
 * <p>Confined to one thread, but for the counters.
 */
final class Route implements AutoCloseable {

  private static final int BITS_PER_BYTE = 8;

  /**
   * Packets that are due so soon after others wait until this time is over and leave with those
   * that are due by then, as behind a network card that moderates its interrupts. At 1 Gbit/s a
   * packet is due every 12 us; to wake for each costs more than carrying it.
   */
  private static final long GATHER_NANOS = TimeUnit.MICROSECONDS.toNanos(100);

  private final TunDevice destination;
  private final PacketArena arena;
  private final List<Hop> hops;
  private final DeliveryCounters deliveries;
  private long gatherUntil = Long.MIN_VALUE;
  private final NativeMemory scratch = new NativeMemory(PacketArena.LARGEST);

  /**
   * @param arena where the packets are that take this way
   * @param hops in the order in which they are passed
   */
  Route(TunDevice destination, PacketArena arena, List<Hop> hops, DeliveryCounters deliveries) {
    this.destination = destination;
    this.arena = arena;
    this.hops = List.copyOf(hops);
    this.deliveries = deliveries;
  }

  /** Takes in the packet that was put at {@code offset} of the arena. */
  void accept(int offset, int length, long now) {
    int count = Segments.count(arena.bytes(), offset, length);
    long packet = arena.keep(offset, length);
    hops.get(0).accept(packet, 0, count, now);
    arena.release(packet);
  }

  /** When {@link #release} has something to do next, or {@link Flights#NEVER}. */
  long nextDue() {
    long next = Flights.NEVER;
    for (int i = 0; i < hops.size(); i++) {
      next = Math.min(next, hops.get(i).flights().nextDue());
    }
    return next == Flights.NEVER ? next : Math.max(next, gatherUntil);
  }

  /**
   * Lets go what is due: on to the next link, or out of the last one.
   *
   * @return whether anything was
   */
  boolean release(long now) {
    if (now < gatherUntil) {
      return false;
    }
    boolean released = false;
    for (int i = 0; i < hops.size(); i++) {
      Flights flights = hops.get(i).flights();
      while (flights.nextDue() <= now) {
        Flight flight = flights.poll();
        released = true;
        if (i + 1 < hops.size()) {
          // Arrives when it is due, not when this thread gets round to it: lateness must not add
          // up.
          hops.get(i + 1).accept(flight.packet(), flight.first(), flight.count(), flight.due());
        } else {
          while (flights.join(flight, now)) {
            arena.release(flight.packet());
          }
          deliver(flight, now);
          gatherUntil = now + GATHER_NANOS;
        }
        arena.release(flight.packet());
        flights.recycle(flight);
      }
    }
    return released;
  }

  private void deliver(Flight flight, long now) {
    ByteBuffer memory = arena.bytes();
    int at = arena.offset(flight.packet());
    int length = arena.length(flight.packet());
    boolean whole = flight.first() == 0 && flight.count() == Segments.count(memory, at, length);
    int written;
    if (whole && flight.corruptBit() == Flights.INTACT) {
      written = destination.write(arena.address(at), length);
    } else {
      written = destination.write(scratch.address(), prepare(flight, memory, at, length, whole));
    }
    deliveries.count(flight.count(), now - flight.due(), written);
  }

  private int prepare(Flight flight, ByteBuffer memory, int at, int length, boolean whole) {
    ByteBuffer out = scratch.bytes();
    int prepared = length;
    if (whole) {
      out.put(0, memory, at, length);
    } else {
      prepared = Segments.extract(memory, at, length, flight.first(), flight.count(), out);
    }
    if (flight.corruptBit() != Flights.INTACT) {
      Segments.completeChecksum(out, prepared);
      int changed = VirtioHeader.BYTES + flight.corruptBit() / BITS_PER_BYTE;
      out.put(changed, (byte) (out.get(changed) ^ 1 << flight.corruptBit() % BITS_PER_BYTE));
    }
    return prepared;
  }

  @Override
  public void close() {
    scratch.close();
  }
}
