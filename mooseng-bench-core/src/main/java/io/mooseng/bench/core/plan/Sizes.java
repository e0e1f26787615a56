package io.mooseng.bench.core.plan;

import io.mooseng.bench.core.load.LoadShape;
import java.time.Duration;

/**
 * How long a cell runs, in JMH's terms. A null component is not decided here and comes from further
 * down: a profile from the benchmark's annotations, those from JMH's defaults.
 *
 * @param forks 0 runs the benchmark in the harness's own JVM
 * @param warmupForks run before the others, in the same way, and are not measured
 */
public record Sizes(
    Integer forks,
    Integer warmupForks,
    Integer warmupIterations,
    Duration warmupTime,
    Integer iterations,
    Duration time) {

  /** Decides nothing. */
  public static final Sizes NONE = new Sizes(null, null, null, null, null, null);

  /** Sizes that leave the warm-up forks open. */
  public Sizes(
      Integer forks,
      Integer warmupIterations,
      Duration warmupTime,
      Integer iterations,
      Duration time) {
    this(forks, null, warmupIterations, warmupTime, iterations, time);
  }

  /** These sizes, with what they leave open taken from {@code other}. */
  public Sizes or(Sizes other) {
    return new Sizes(
        first(forks, other.forks),
        first(warmupForks, other.warmupForks),
        first(warmupIterations, other.warmupIterations),
        first(warmupTime, other.warmupTime),
        first(iterations, other.iterations),
        first(time, other.time));
  }

  /**
   * These sizes without the forks: a profile's iterations are meant for short ones, not schedules.
   */
  Sizes iterationsOnly() {
    return new Sizes(null, null, warmupIterations, warmupTime, iterations, time);
  }

  /** These sizes with iterations of this length. */
  public Sizes withTime(Duration length) {
    return new Sizes(forks, warmupForks, warmupIterations, length, iterations, length);
  }

  /** These sizes with so many iterations to warm up in. */
  Sizes withWarmupIterations(int count) {
    return new Sizes(forks, warmupForks, count, warmupTime, iterations, time);
  }

  /** These sizes for schedules: an iteration takes as long as its schedule, whatever was asked. */
  Sizes scheduled(LoadShape shape) {
    return new Sizes(
        forks,
        warmupForks,
        warmupIterations,
        shape.length().duration(),
        iterations,
        shape.expected());
  }

  private static <T> T first(T one, T other) {
    return one != null ? one : other;
  }

  /** Time spent measuring and warming up in one fork, all sizes being decided. */
  public Duration perFork() {
    return warmupTime.multipliedBy(warmupIterations).plus(time.multipliedBy(iterations));
  }
}
