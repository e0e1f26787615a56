package io.mooseng.bench.core.link.impair;

/**
 * What happens to a packet.
 *
 * @param number the packet's, from 0 in the order of arrival
 * @param kind whether it arrives at all
 * @param departureNanos when it leaves at the other end; meaningless for a packet that is dropped
 * @param copyNanos when a second copy of it leaves, or {@link #NO_COPY}
 * @param corruptBit which bit of the packet is changed, from 0; or {@link #INTACT}
 */
public record Fate(long number, Kind kind, long departureNanos, long copyNanos, int corruptBit) {

  /** There is no second copy. */
  public static final long NO_COPY = Long.MIN_VALUE;

  /** No bit is changed. */
  public static final int INTACT = -1;

  /** Whether a packet arrives, and if not why. */
  public enum Kind {
    PASSES,
    /** Lost by chance, as the profile asks for. */
    LOST,
    /** The queue of the bottleneck had no room. */
    QUEUE_FULL
  }

  /** Whether it never arrives. */
  public boolean dropped() {
    return kind != Kind.PASSES;
  }

  /** Whether it arrives twice. */
  public boolean duplicated() {
    return copyNanos != NO_COPY;
  }

  /** Whether a bit of it is changed. */
  public boolean corrupted() {
    return corruptBit != INTACT;
  }
}
