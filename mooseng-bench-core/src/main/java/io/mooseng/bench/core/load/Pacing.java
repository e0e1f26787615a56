package io.mooseng.bench.core.load;

import io.mooseng.bench.core.measure.Ticker;
import java.util.function.BooleanSupplier;

/** How the one thread that paces a schedule waits; in virtual time nothing waits. */
public interface Pacing {

  /** The clock of the schedule. */
  Ticker ticker();

  /**
   * Waits until a time of the clock, as precisely as possible; returns at once if it has passed.
   *
   * @param nanos less than 2<sup>62</sup> from now
   */
  void sleepUntil(long nanos) throws InterruptedException;

  /**
   * Waits until {@code condition} holds, but no longer than so many nanoseconds. The condition is
   * looked at after every {@link #signal}, by the thread that signals as well: it must be short.
   */
  void await(BooleanSupplier condition, long mostNanos) throws InterruptedException;

  /** The condition that is awaited may hold now. Called by any thread. */
  void signal();
}
