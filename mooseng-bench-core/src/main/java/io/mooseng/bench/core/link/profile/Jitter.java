package io.mooseng.bench.core.link.profile;

import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * How the delay of a direction varies from packet to packet: {@code delay + size × X}, never below
 * zero, with X drawn from a distribution.
 *
 * @param size the scale of X; 0 is no jitter
 * @param distribution of X
 * @param correlation of X with that of the packet before, from 0 to below 1
 */
public record Jitter(Duration size, Distribution distribution, double correlation) {

  /** A delay that never varies. */
  public static final Jitter NONE = new Jitter(Duration.ZERO, Distribution.UNIFORM, 0);

  /**
   * The distributions of tc-netem(8) that have a closed form; the scale is that of its tables
   * (iproute2, netem/normal.c and netem/pareto.c).
   */
  public enum Distribution {
    /** Between -1 and 1, all values alike. */
    UNIFORM,
    /** Mean 0, deviation 1, cut at ±4. */
    NORMAL,
    /** Pareto with shape 3, moved to the mean 0 and stretched by 4/3; from -2/3, cut at 4. */
    PARETO;

    /** The name used in profiles and result files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** What is accepted, for a message. */
    static String labels() {
      return Arrays.stream(values()).map(Distribution::label).collect(Collectors.joining(", "));
    }

    static Distribution parse(String text) {
      return Arrays.stream(values())
          .filter(candidate -> candidate.label().equals(text))
          .findFirst()
          .orElseThrow(IllegalArgumentException::new);
    }
  }

  public Jitter {
    Objects.requireNonNull(distribution, "distribution");
    if (size.isNegative()) {
      throw new IllegalArgumentException(
          "jitter of " + size + " is not accepted; accepted: PT0S up");
    }
    if (!(correlation >= 0 && correlation < 1)) {
      throw new IllegalArgumentException(
          "correlation " + correlation + " is not accepted; accepted: from 0 to below 1");
    }
  }

  /** Whether the delay never varies. */
  public boolean isNone() {
    return size.isZero();
  }
}
