package io.mooseng.bench.core.simulation;

import java.util.SplittableRandom;

/**
 * Seeded log-normal noise: multiplies a cost by {@code exp(sigma · N(0,1))}, whose median is 1.
 *
 * <p>Normal numbers come from the Box–Muller transform (Annals of Mathematical Statistics 29, 1958)
 * over {@link StrictMath}, so that one seed gives the same bits on every JVM. Used by one thread.
 */
final class LogNormalNoise {

  private static final double SMALLEST = 0x1.0p-53;

  private final SplittableRandom random;
  private final double sigma;

  LogNormalNoise(long seed, double sigma) {
    this.random = new SplittableRandom(seed);
    this.sigma = sigma;
  }

  long applyTo(long nanos) {
    return StrictMath.round(nanos * StrictMath.exp(sigma * normal()));
  }

  private double normal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(Math.max(SMALLEST, random.nextDouble())));
    return radius * StrictMath.cos(2 * StrictMath.PI * random.nextDouble());
  }
}
