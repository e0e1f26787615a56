package io.mooseng.bench.core.simulation;

import io.mooseng.bench.core.measure.Ticker;

/** A clock that stands still until it is told to advance. Used by one thread. */
public final class VirtualClock implements Ticker {

  private long nowNanos;

  @Override
  public long nanoTime() {
    return nowNanos;
  }

  /**
   * Sets the time.
   *
   * @throws IllegalArgumentException if that lies in the past
   */
  public void advanceTo(long nanos) {
    if (nanos < nowNanos) {
      throw new IllegalArgumentException(
          "time cannot go back from %d ns to %d ns".formatted(nowNanos, nanos));
    }
    nowNanos = nanos;
  }
}
