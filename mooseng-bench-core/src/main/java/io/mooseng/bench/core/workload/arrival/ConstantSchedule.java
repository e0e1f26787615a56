package io.mooseng.bench.core.workload.arrival;

import io.mooseng.bench.core.model.Rate;
import java.math.BigInteger;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Operation i is to start at floor(i / rate), computed from i alone and exactly, so that no
 * rounding adds up over a long run.
 */
record ConstantSchedule(Rate rate, Duration duration) implements ArrivalSchedule {

  /** Nanoseconds in the 1,000 s for which a rate counts whole operations. */
  private static final long NANOS = 1_000_000_000_000L;

  ConstantSchedule {
    Durations.requireUsable(duration);
  }

  /** Those with i / rate &lt; duration. */
  @Override
  public long operations() {
    BigInteger nanos = BigInteger.valueOf(NANOS);
    return BigInteger.valueOf(duration.toNanos())
        .multiply(BigInteger.valueOf(rate.perThousandSeconds()))
        .add(nanos.subtract(BigInteger.ONE))
        .divide(nanos)
        .longValueExact();
  }

  /** floor(i × NANOS / n) for n operations in NANOS; no product here exceeds 10<sup>18</sup>. */
  long startNanos(long i) {
    long n = rate.perThousandSeconds();
    long remainder = NANOS % n;
    return i * (NANOS / n) + i / n * remainder + i % n * remainder / n;
  }

  @Override
  public Arrivals arrivals() {
    long operations = operations();
    AtomicLong taken = new AtomicLong();
    return () -> {
      long i = taken.getAndIncrement();
      return i < operations ? startNanos(i) : Arrivals.END;
    };
  }
}
