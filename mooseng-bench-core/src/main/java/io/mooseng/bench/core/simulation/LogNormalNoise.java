package io.mooseng.bench.core.simulation;

import io.mooseng.bench.core.random.SeededRandom;

/**
 * Seeded log-normal noise: multiplies a cost by {@code exp(sigma · N(0,1))}, whose median is 1. One
 * seed gives the same bits on every JVM. Used by one thread.
 */
final class LogNormalNoise {

  private final SeededRandom random;
  private final double sigma;

  LogNormalNoise(long seed, double sigma) {
    this.random = new SeededRandom(seed);
    this.sigma = sigma;
  }

  long applyTo(long nanos) {
    return StrictMath.round(nanos * StrictMath.exp(sigma * random.nextNormal()));
  }
}
