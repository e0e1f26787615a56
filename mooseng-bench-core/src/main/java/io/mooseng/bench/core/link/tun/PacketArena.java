package io.mooseng.bench.core.link.tun;

import io.mooseng.bench.core.link.linux.NativeMemory;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The packets under way in one direction, one after the other in a ring of memory. A packet stays
 * until all that refers to it has been released; room becomes free in the order of arrival.
 *
 * <p>Confined to one thread. Allocates nothing per packet.
 */
final class PacketArena implements AutoCloseable {

  /** The largest packet of a device, with its header. */
  static final int LARGEST = VirtioHeader.BYTES + 65_535;

  private static final int FIRST_PACKETS = 1 << 10;

  private final NativeMemory memory;

  /** Where the next packet goes. */
  private int end;

  private long first;
  private long next;
  private int[] offsets = new int[FIRST_PACKETS];
  private int[] lengths = new int[FIRST_PACKETS];
  private int[] references = new int[FIRST_PACKETS];

  /**
   * @param bytes room in all
   */
  PacketArena(int bytes) {
    if (bytes < 2 * LARGEST) {
      throw new IllegalArgumentException("an arena holds two of the largest packets at least");
    }
    memory = new NativeMemory(bytes);
  }

  ByteBuffer bytes() {
    return memory.bytes();
  }

  long address(int offset) {
    return memory.address() + offset;
  }

  /** Where the largest packet would have room now, or -1. */
  int reserve() {
    if (first == next) {
      end = 0; // memory that was just used is in the caches
      return 0;
    }
    int begin = offsets[index(first)];
    if (end <= begin) {
      return begin - end > LARGEST ? end : -1;
    }
    if (memory.size() - end >= LARGEST) {
      return end;
    }
    return begin > LARGEST ? 0 : -1;
  }

  /**
   * Keeps the packet that was put where {@link #reserve} said.
   *
   * @return its number, with one reference
   */
  long keep(int offset, int length) {
    if (next - first == offsets.length) {
      grow();
    }
    int index = index(next);
    offsets[index] = offset;
    lengths[index] = length;
    references[index] = 1;
    end = offset + length;
    return next++;
  }

  private void grow() {
    offsets = unrolled(offsets);
    lengths = unrolled(lengths);
    references = unrolled(references);
  }

  /** Twice as long, with every packet where its number says. */
  private int[] unrolled(int[] old) {
    int[] grown = Arrays.copyOf(old, 2 * old.length);
    for (long packet = first; packet < next; packet++) {
      grown[(int) (packet & (grown.length - 1))] = old[(int) (packet & (old.length - 1))];
    }
    return grown;
  }

  private int index(long packet) {
    return (int) (packet & (offsets.length - 1));
  }

  int offset(long packet) {
    return offsets[index(packet)];
  }

  int length(long packet) {
    return lengths[index(packet)];
  }

  void addReference(long packet) {
    references[index(packet)]++;
  }

  /** Gives a reference back; the last one lets the packet go. */
  void release(long packet) {
    references[index(packet)]--;
    while (first < next && references[index(first)] == 0) {
      first++;
    }
  }

  /** How many packets are kept. */
  long held() {
    return next - first;
  }

  @Override
  public void close() {
    memory.close();
  }
}
