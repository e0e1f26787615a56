package io.mooseng.bench.core.link;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What one direction of a link does to the bytes that cross it.
 *
 * @param delay propagation delay, from 0 to {@link #MAX_DELAY}
 * @param bitsPerSecond the rate all connections of the link share; empty is unlimited
 */
public record OneWay(Duration delay, OptionalLong bitsPerSecond) {

  /** Longer than any terrestrial or geostationary path; a longer delay is a slip of a unit. */
  public static final Duration MAX_DELAY = Duration.ofSeconds(10);

  /** Below this a single TCP segment takes over ten seconds. */
  public static final long MIN_BITS_PER_SECOND = 1_000;

  /** Above this a relay in user space is the limit, not the link. */
  public static final long MAX_BITS_PER_SECOND = 1_000_000_000_000L;

  public OneWay {
    Objects.requireNonNull(delay, "delay");
    Objects.requireNonNull(bitsPerSecond, "bitsPerSecond");
    if (delay.isNegative() || delay.compareTo(MAX_DELAY) > 0) {
      throw new IllegalArgumentException(
          "one-way delay " + delay + " is not accepted; accepted: PT0S to " + MAX_DELAY);
    }
    if (bitsPerSecond.isPresent()) {
      requireRate(bitsPerSecond.getAsLong());
    }
  }

  private static void requireRate(long rate) {
    if (rate < MIN_BITS_PER_SECOND || rate > MAX_BITS_PER_SECOND) {
      throw new IllegalArgumentException(
          "rate %d bit/s is not accepted; accepted: %d to %d bit/s, or no rate"
              .formatted(rate, MIN_BITS_PER_SECOND, MAX_BITS_PER_SECOND));
    }
  }

  /** A direction that delays and has no rate limit. */
  public static OneWay delayed(Duration delay) {
    return new OneWay(delay, OptionalLong.empty());
  }

  /** The same delay with a rate limit in bits per second. */
  public OneWay limitedTo(long rateInBitsPerSecond) {
    return new OneWay(delay, OptionalLong.of(rateInBitsPerSecond));
  }
}
