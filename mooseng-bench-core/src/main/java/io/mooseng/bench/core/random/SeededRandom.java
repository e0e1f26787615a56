package io.mooseng.bench.core.random;

/**
 * A sequence of pseudo-random numbers, fixed by its seed on every machine and JVM.
 *
 * <p>The generator is SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom number
 * generators, OOPSLA 2014): one addition and one mixing function per number, period 2<sup>64</sup>.
 * Used by one thread.
 */
public final class SeededRandom {

  /** 2<sup>64</sup> divided by the golden ratio, made odd (same paper). */
  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private static final double UNIT = 0x1.0p-53;

  private long state;

  public SeededRandom(long seed) {
    this.state = seed;
  }

  /**
   * A sequence of its own for each combination of a seed and what it is drawn for, so that drawing
   * more of one thing does not change another.
   */
  public static SeededRandom of(long seed, long... purposes) {
    long mixed = mix(seed);
    for (long purpose : purposes) {
      mixed = mix(mixed + GOLDEN_GAMMA * (purpose + 1));
    }
    return new SeededRandom(mixed);
  }

  /** The finaliser of SplitMix64: a one-to-one map in which every input bit moves all others. */
  public static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Any long, all equally likely. */
  public long nextLong() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A multiple of 2<sup>-53</sup> from 0 inclusive to 1 exclusive, all equally likely. */
  public double nextUnit() {
    return (nextLong() >>> 11) * UNIT;
  }

  /**
   * A whole number from 0 inclusive to {@code bound} exclusive, all equally likely but for a bias
   * of less than {@code bound} / 2<sup>64</sup>.
   *
   * @param bound at least 1
   */
  public long nextBelow(long bound) {
    if (bound < 1) {
      throw new IllegalArgumentException("bound is " + bound + "; accepted: 1 or more");
    }
    // A random 64-bit fraction of the bound: the upper half of an unsigned product, whose signed
    // form lacks the bound once where the random number is negative.
    long random = nextLong();
    return Math.multiplyHigh(random, bound) + ((random >> 63) & bound);
  }

  /** Exponentially distributed with mean 1, by inversion. */
  public double nextExponential() {
    return -StrictMath.log(1 - nextUnit());
  }

  /**
   * Normally distributed with mean 0 and deviation 1: the Box–Muller transform (Annals of
   * Mathematical Statistics 29, 1958).
   */
  public double nextNormal() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(Math.max(UNIT, nextUnit())));
    return radius * StrictMath.cos(2 * StrictMath.PI * nextUnit());
  }
}
