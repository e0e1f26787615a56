package io.mooseng.bench.core.link.tun;

import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.impair.Fate;
import io.mooseng.bench.core.link.impair.Impairment;
import java.nio.ByteBuffer;

/**
 * One direction of one link: packets go in, and come out when the impairment says.
 *
 * <p>Confined to one thread, but for {@link #disturb}.
 */
final class Hop {

  private final Impairment impairment;
  private final PacketArena arena;
  private final Flights flights = new Flights();
  private final HopCounters counters;
  private volatile LinkFault fault = LinkFault.NONE;

  Hop(Impairment impairment, PacketArena arena, HopCounters counters) {
    this.impairment = impairment;
    this.arena = arena;
    this.counters = counters;
  }

  /** What is wrong from now on; packets that are under way arrive as they were to. */
  void disturb(LinkFault wrong) {
    fault = wrong;
  }

  Flights flights() {
    return flights;
  }

  /**
   * Takes in packets on the wire.
   *
   * @param packet of the arena; keeps its own references to it
   * @param first which of the packets that it stands for
   * @param count how many from there on
   * @param now when they arrive
   */
  void accept(long packet, int first, int count, long now) {
    ByteBuffer memory = arena.bytes();
    int at = arena.offset(packet);
    int length = arena.length(packet);
    LinkFault wrong = fault;
    long extra = wrong.extraDelay().toNanos();
    int all = Segments.count(memory, at, length);
    for (int segment = first; segment < first + count; segment++) {
      int bytes = Segments.wireBytes(memory, at, length, segment, all);
      // Asked also for what is lost in a cut: the fates of others do not depend on it.
      Fate fate = impairment.next(now, bytes);
      if (wrong.cut()) {
        continue;
      }
      counters.count(fate, bytes);
      if (!fate.dropped()) {
        add(fate.departureNanos() + extra, packet, segment, fate.corruptBit());
        if (fate.duplicated()) {
          add(fate.copyNanos() + extra, packet, segment, fate.corruptBit());
        }
      }
    }
  }

  private void add(long due, long packet, int segment, int corruptBit) {
    if (flights.add(due, packet, segment, corruptBit)) {
      arena.addReference(packet);
    }
  }
}
