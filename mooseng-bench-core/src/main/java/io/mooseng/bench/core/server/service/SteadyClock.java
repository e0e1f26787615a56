package io.mooseng.bench.core.server.service;

import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/**
 * The wall clock as it was once, and from then on the time that has passed: nothing that sets the
 * clock of the machine moves it. For what is to last for a while. Safe for use by any number of
 * threads.
 */
public final class SteadyClock extends Clock {

  private final Instant start;
  private final long startNanos;
  private final LongSupplier nanoTime;

  /** From now on. */
  public SteadyClock() {
    this(InstantSource.system(), System::nanoTime);
  }

  /**
   * @param nanoTime as {@link System#nanoTime}
   */
  SteadyClock(InstantSource wallClock, LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
    this.start = wallClock.instant();
    this.startNanos = nanoTime.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanoTime.getAsLong() - startNanos);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("only instants are asked for");
  }
}
