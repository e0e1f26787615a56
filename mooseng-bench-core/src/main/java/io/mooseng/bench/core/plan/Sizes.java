package io.mooseng.bench.core.plan;

import java.time.Duration;

/**
 * How long a cell runs, in JMH's terms. A null component is not decided here and comes from further
 * down: a profile from the benchmark's annotations, those from JMH's defaults.
 */
public record Sizes(
    Integer forks,
    Integer warmupIterations,
    Duration warmupTime,
    Integer iterations,
    Duration time) {

  /** Decides nothing. */
  public static final Sizes NONE = new Sizes(null, null, null, null, null);

  /** These sizes, with what they leave open taken from {@code other}. */
  public Sizes or(Sizes other) {
    return new Sizes(
        first(forks, other.forks),
        first(warmupIterations, other.warmupIterations),
        first(warmupTime, other.warmupTime),
        first(iterations, other.iterations),
        first(time, other.time));
  }

  private static <T> T first(T one, T other) {
    return one != null ? one : other;
  }

  /** Time spent measuring and warming up in one fork, all sizes being decided. */
  public Duration perFork() {
    return warmupTime.multipliedBy(warmupIterations).plus(time.multipliedBy(iterations));
  }
}
