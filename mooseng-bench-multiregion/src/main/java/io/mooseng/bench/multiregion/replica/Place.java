package io.mooseng.bench.multiregion.replica;

/**
 * Where a command stands in the log, as one number that grows with the order of commands: the index
 * of its entry, and its position among those that were ordered together.
 */
final class Place {

  private static final int POSITION_BITS = 8;

  /** The most commands of an entry. */
  static final int POSITIONS = 1 << POSITION_BITS;

  private Place() {}

  static long of(long index, int position) {
    return index << POSITION_BITS | position;
  }

  /** The last place that an entry can have. */
  static long endOf(long index) {
    return of(index, POSITIONS - 1);
  }

  /** The index of the entry of a place. */
  static long index(long place) {
    return place >> POSITION_BITS;
  }
}
