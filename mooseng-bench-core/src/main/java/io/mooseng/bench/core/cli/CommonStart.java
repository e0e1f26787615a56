package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** The instant at which several load machines start together, each by its own clock. */
final class CommonStart {

  /** As long as nobody can still mean the present. */
  private static final Duration LONGEST_WAIT = Duration.ofHours(24);

  private final Clock clock;
  private final Sleeper sleeper;

  /** Waits, as {@link Thread#sleep}. */
  @FunctionalInterface
  interface Sleeper {
    void sleep(Duration time) throws InterruptedException;
  }

  CommonStart(Clock clock, Sleeper sleeper) {
    this.clock = clock;
    this.sleeper = sleeper;
  }

  static CommonStart bySystemClock() {
    return new CommonStart(
        Clock.systemUTC(), time -> Thread.sleep(time.toMillis(), time.toNanosPart() % 1_000_000));
  }

  /**
   * Refuses an instant that cannot be kept.
   *
   * @throws ConfigurationException if it has passed, or is more than a day away
   */
  void requireAhead(Instant start) {
    Instant now = clock.instant();
    if (!start.isAfter(now) || start.isAfter(now.plus(LONGEST_WAIT))) {
      throw new ConfigurationException(
          "--start-at %s: accepted: an instant in the next 24 hours; it is %s"
              .formatted(start, now.truncatedTo(ChronoUnit.SECONDS)));
    }
  }

  /**
   * Waits for the instant.
   *
   * @return how late it is; zero if it was waited for
   */
  Duration await(Instant start) throws InterruptedException {
    for (Duration left = left(start); !left.isNegative() && !left.isZero(); left = left(start)) {
      sleeper.sleep(left);
    }
    return left(start).negated();
  }

  private Duration left(Instant start) {
    return Duration.between(clock.instant(), start);
  }
}
