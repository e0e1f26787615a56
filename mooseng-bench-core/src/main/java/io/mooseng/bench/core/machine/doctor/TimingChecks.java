package io.mooseng.bench.core.machine.doctor;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import java.util.function.LongUnaryOperator;

/**
 * How well this machine keeps and tells time, measured with a given clock of nanoseconds. Together
 * a few hundred milliseconds.
 */
final class TimingChecks {

  /** Beyond this, reading the clock shows in the latency of a memory operation. */
  private static final long CHEAP_CLOCK_NANOS = 100;

  /** Beyond this, a paced schedule at 1,000 op/s is visibly late. */
  private static final long PUNCTUAL_NANOS = 200_000;

  /** The drift that marks a run as contaminated is 5 %. */
  private static final double QUIET_RATIO = 1.05;

  private static final long PARK_NANOS = 50_000;
  private static final int PARKS = 200;
  private static final int CLOCK_BATCH = 1000;
  private static final int SPINS = 60;
  private static final int SPIN_WARM_UPS = 20;
  private static final long SPIN_STEPS = 1_000_000;

  private TimingChecks() {}

  static Check clock(LongSupplier nanoTime) {
    long[] costs = new long[PARKS];
    long resolution = Long.MAX_VALUE;
    for (int i = 0; i < costs.length; i++) {
      long start = nanoTime.getAsLong();
      long last = start;
      for (int call = 0; call < CLOCK_BATCH; call++) {
        long now = nanoTime.getAsLong();
        if (now > last) {
          resolution = Math.min(resolution, now - last);
        }
        last = now;
      }
      costs[i] = (last - start) / CLOCK_BATCH;
    }
    long cost = percentile(costs, 0.5);
    String finding =
        "System.nanoTime costs " + cost + " ns, smallest step seen " + resolution + " ns";
    return cost <= CHEAP_CLOCK_NANOS
        ? Check.ok("clock", finding)
        : Check.limited("clock", finding, "boot with clocksource=tsc, if the hardware allows");
  }

  static Check park(LongSupplier nanoTime) {
    long[] late = new long[PARKS];
    for (int i = 0; i < late.length; i++) {
      long start = nanoTime.getAsLong();
      LockSupport.parkNanos(PARK_NANOS);
      late[i] = nanoTime.getAsLong() - start - PARK_NANOS;
    }
    long p50 = percentile(late, 0.5);
    String finding =
        String.format(
            Locale.ROOT,
            "parking for %d us wakes late by %d us (median), %d us (p99)",
            PARK_NANOS / 1000,
            p50 / 1000,
            percentile(late, 0.99) / 1000);
    return p50 <= PUNCTUAL_NANOS
        ? Check.ok("timer", finding)
        : Check.limited("timer", finding, "use a kernel with high-resolution timers");
  }

  /** Repeats the same computation: on a quiet machine it always takes the same time. */
  static Check noise(LongSupplier nanoTime) {
    return noise(nanoTime, TimingChecks::spin);
  }

  static Check noise(LongSupplier nanoTime, LongUnaryOperator work) {
    long[] durations = new long[SPINS];
    long state = 1;
    for (int i = -SPIN_WARM_UPS; i < SPINS; i++) {
      long start = nanoTime.getAsLong();
      state = work.applyAsLong(state);
      if (i >= 0) {
        durations[i] = nanoTime.getAsLong() - start;
      }
    }
    double spread = (double) percentile(durations, 0.9) / Math.max(1, percentile(durations, 0.1));
    String finding =
        String.format(
            Locale.ROOT,
            "the same computation varies by a factor of %.3f (p90/p10 of %d; check %x)",
            spread,
            SPINS,
            state & 0xff);
    return spread <= QUIET_RATIO
        ? Check.ok("noise", finding)
        : Check.limited("noise", finding, "stop other programs; use a machine of your own");
  }

  /** A chain of dependent steps (Marsaglia's xorshift, 2003), which no compiler can shorten. */
  private static long spin(long seed) {
    long x = seed;
    for (long i = 0; i < SPIN_STEPS; i++) {
      x ^= x << 13;
      x ^= x >>> 7;
      x ^= x << 17;
    }
    return x;
  }

  /** The nearest-rank percentile. */
  static long percentile(long[] values, double p) {
    long[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.ceil(p * sorted.length) - 1];
  }
}
