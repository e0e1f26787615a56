package io.mooseng.bench.core.measure;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * Counts operations that are under way, and integrates their number over time. It keeps times of
 * its own and knows nothing of latencies, so that the two can be held against each other.
 *
 * <p>Each begin at a time b adds t - b to the integral up to t, each end at e takes t - e away: the
 * number of those under way and the sum of these times are all there is to keep. Safe for use by
 * any number of threads, which hardly ever share a lock; allocates nothing. Times are those of a
 * clock like {@link System#nanoTime}; they may overflow.
 */
final class UnderWay {

  /** A power of two. */
  private static final int CELLS = 16;

  private final Cell[] cells = Stream.generate(Cell::new).limit(CELLS).toArray(Cell[]::new);
  private Cell marked = new Cell();

  /**
   * What was counted between two marks.
   *
   * @param begun operations that began
   * @param nanos the sum of the times that operations were under way in
   * @param spanNanos from the first begin or end to the latest
   */
  record Counted(long begun, long nanos, long spanNanos) {}

  /** What some threads counted. For one thread at a time. */
  private static final class Cell {
    private long begun;
    private long ended;
    private long weighted;
    private long first;
    private long latest;

    /** Whether {@code latest} is one. */
    private boolean used;

    /** Whether something was counted since the last mark, {@code first} at first. */
    private boolean fresh;

    void count(int begins, int ends, long nanos) {
      begun += begins;
      ended += ends;
      weighted += (ends - begins) * nanos;
      sawFirst(nanos);
      sawLatest(nanos);
    }

    private void sawFirst(long nanos) {
      if (!fresh || nanos - first < 0) {
        first = nanos;
      }
      fresh = true;
    }

    private void sawLatest(long nanos) {
      if (!used || nanos - latest > 0) {
        latest = nanos;
      }
      used = true;
    }

    /** Adds another cell, in which nothing is fresh from now on. */
    void take(Cell other) {
      begun += other.begun;
      ended += other.ended;
      weighted += other.weighted;
      if (other.used) {
        sawLatest(other.latest);
      }
      if (other.fresh) {
        sawFirst(other.first);
        other.fresh = false;
      }
    }

    /** The integral up to the latest time; a difference of two is meant, for it may overflow. */
    long integral() {
      return (begun - ended) * latest + weighted;
    }
  }

  void began(long nanos) {
    Cell cell = own();
    synchronized (cell) {
      cell.count(1, 0, nanos);
    }
  }

  void ended(long nanos) {
    Cell cell = own();
    synchronized (cell) {
      cell.count(0, 1, nanos);
    }
  }

  private Cell own() {
    return cells[(int) Thread.currentThread().getId() & (CELLS - 1)];
  }

  /**
   * Counts anew from the latest begin or end on. Operations that are under way stay so.
   *
   * @return what was counted since the last mark
   */
  synchronized Counted mark() {
    Cell now = new Cell();
    Arrays.stream(cells)
        .forEach(
            cell -> {
              synchronized (cell) {
                now.take(cell);
              }
            });
    Counted counted =
        new Counted(
            now.begun - marked.begun,
            now.integral() - marked.integral(),
            now.fresh ? now.latest - now.first : 0);
    marked = now;
    return counted;
  }
}
