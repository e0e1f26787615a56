package io.mooseng.bench.core.target;

import java.util.concurrent.TimeUnit;

/**
 * How many operations of a closed loop are taken in advance, so that the loop is never idle while
 * the thread that feeds it is being woken, which costs more than many a call.
 *
 * <p>They are as many as may be under way. Of operations so short that this thread would be woken
 * more than about a thousand times a second, more are taken, up to {@value #MOST}. Safe for use by
 * any number of threads.
 */
final class Ahead {

  /** A wait for room shorter than this comes too often, */
  private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** and one longer than this keeps too many operations that nobody has started. */
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final int MOST = 512;

  private final int limit;

  /** Most operations taken in advance, at least {@link #limit}. */
  private volatile int most;

  /**
   * @param limit most operations under way at once, at least 1
   */
  Ahead(int limit) {
    this.limit = limit;
    this.most = limit;
  }

  /** Most operations to be taken in advance now; who waits for room waits until half are left. */
  int most() {
    return most;
  }

  /**
   * Whoever feeds the loop has waited until half of the operations taken in advance were left.
   *
   * @param before what {@link #most} was then
   * @param nanos for how long
   */
  void waited(int before, long nanos) {
    if (nanos < SHORT_NANOS) {
      most = Math.max(limit, Math.min(2 * before, MOST));
    } else if (nanos > LONG_NANOS) {
      most = Math.max(limit, before / 2);
    }
  }
}
