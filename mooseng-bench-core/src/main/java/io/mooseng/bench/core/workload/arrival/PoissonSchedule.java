package io.mooseng.bench.core.workload.arrival;

import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.random.SeededRandom;
import java.time.Duration;

/** A Poisson process: gaps are drawn one by one, so that a schedule of any length needs no room. */
record PoissonSchedule(Rate rate, Duration duration, long seed) implements ArrivalSchedule {

  private static final double NANOS_PER_SECOND = 1e9;

  PoissonSchedule {
    Durations.requireUsable(duration);
  }

  @Override
  public long operations() {
    Arrivals arrivals = arrivals();
    long operations = 0;
    while (arrivals.next() != Arrivals.END) {
      operations++;
    }
    return operations;
  }

  @Override
  public Arrivals arrivals() {
    return new Pass(
        SeededRandom.of(seed), NANOS_PER_SECOND / rate.operationsPerSecond(), duration.toNanos());
  }

  /**
   * Adds up gaps. Whole nanoseconds and the fraction are kept apart, so that a gap is added as
   * precisely at the end of a long run as at its beginning.
   */
  private static final class Pass implements Arrivals {

    private final SeededRandom random;
    private final double meanGapNanos;
    private final long endNanos;
    private long nanos;
    private double fraction;

    Pass(SeededRandom random, double meanGapNanos, long endNanos) {
      this.random = random;
      this.meanGapNanos = meanGapNanos;
      this.endNanos = endNanos;
    }

    @Override
    public synchronized long next() {
      if (nanos >= endNanos) {
        return END;
      }
      double gap = fraction + random.nextExponential() * meanGapNanos;
      long whole = (long) gap;
      fraction = gap - whole;
      nanos = whole < endNanos - nanos ? nanos + whole : endNanos;
      return nanos < endNanos ? nanos : END;
    }
  }
}
