package io.mooseng.bench.core.workload.arrival;

import io.mooseng.bench.core.model.Rate;
import java.time.Duration;

/**
 * Which operations are to start when, decided before the first of them. Immutable; safe for use by
 * any number of threads.
 */
public sealed interface ArrivalSchedule permits ConstantSchedule, PoissonSchedule {

  /** The longest schedule; far from where nanoseconds would overflow. */
  Duration LONGEST = Duration.ofDays(30);

  /** Operations at equal distances; the first starts at once. */
  static ArrivalSchedule constant(Rate rate, Duration duration) {
    return new ConstantSchedule(rate, duration);
  }

  /**
   * Operations that start independently of each other, as those of many users do: the gaps between
   * them are exponentially distributed, and the number in the duration varies with the seed.
   */
  static ArrivalSchedule poisson(Rate rate, Duration duration, long seed) {
    return new PoissonSchedule(rate, duration, seed);
  }

  Rate rate();

  Duration duration();

  /** How many operations there are; a Poisson schedule has to walk through all of its gaps. */
  long operations();

  /** A new pass from the beginning; all passes of a schedule give the same starts. */
  Arrivals arrivals();
}
