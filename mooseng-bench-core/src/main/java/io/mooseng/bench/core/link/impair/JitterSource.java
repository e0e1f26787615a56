package io.mooseng.bench.core.link.impair;

import io.mooseng.bench.core.link.profile.Jitter;
import io.mooseng.bench.core.random.SeededRandom;

/**
 * Draws how much longer or shorter than the delay of its direction each packet takes.
 *
 * <p>Correlated numbers come from a Gaussian process of first order, {@code z' = c z + √(1-c²) e},
 * mapped through the normal distribution to a uniform number and from that to the one asked for (a
 * Gaussian copula: Nelsen, An Introduction to Copulas, 2006). So the distribution is the one asked
 * for whatever the correlation, which tc-netem(8)'s way of mixing neighbours does not keep.
 *
 * <p>Confined to one thread.
 */
public final class JitterSource {

  private static final double CUT = 4;
  private static final double PARETO_SHAPE = 3;
  private static final double PARETO_MEAN = 1.5;
  private static final double PARETO_STRETCH = 4.0 / 3;

  private final Jitter jitter;
  private final SeededRandom random;
  private final double innovation;
  private double state;

  /**
   * @param random of this purpose alone
   */
  public JitterSource(Jitter jitter, SeededRandom random) {
    this.jitter = jitter;
    this.random = random;
    this.innovation = StrictMath.sqrt(1 - jitter.correlation() * jitter.correlation());
    this.state = random.nextNormal();
  }

  /** What to add to the delay for the next packet, in nanoseconds; may be negative. */
  public long nextNanos() {
    if (jitter.isNone()) {
      return 0;
    }
    state = jitter.correlation() * state + innovation * random.nextNormal();
    return Math.round(jitter.size().toNanos() * shaped(state));
  }

  private double shaped(double normal) {
    return switch (jitter.distribution()) {
      case NORMAL -> Math.max(-CUT, Math.min(CUT, normal));
      case UNIFORM -> 2 * below(normal) - 1;
      case PARETO -> pareto(1 - below(normal));
    };
  }

  /** The value that a share {@code tail} of all values exceeds. */
  private static double pareto(double tail) {
    double value = StrictMath.pow(Math.max(tail, Double.MIN_NORMAL), -1 / PARETO_SHAPE);
    return Math.min(CUT, (value - PARETO_MEAN) * PARETO_STRETCH);
  }

  /**
   * The share of a normal distribution below {@code x}, with an error below 10<sup>-7</sup>
   * (Abramowitz, Stegun: Handbook of Mathematical Functions, 26.2.17).
   */
  static double below(double x) {
    double t = 1 / (1 + 0.2316419 * Math.abs(x));
    double density = StrictMath.exp(-x * x / 2) / StrictMath.sqrt(2 * StrictMath.PI);
    double series =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    double tail = density * series;
    return x < 0 ? tail : 1 - tail;
  }
}
