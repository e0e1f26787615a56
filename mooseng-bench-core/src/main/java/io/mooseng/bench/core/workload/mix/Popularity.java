package io.mooseng.bench.core.workload.mix;

import io.mooseng.bench.core.random.SeededRandom;
import io.mooseng.bench.core.random.ZipfRanks;

/**
 * Which of the files that exist an operation takes. Files are ordered by age. Immutable; safe for
 * use by any number of threads.
 */
public sealed interface Popularity {

  /**
   * A sequence of choices.
   *
   * @param first where a {@link Sequential} one begins, so that clients need not walk in step
   */
  Picker picker(SeededRandom random, long first);

  /** For a person, with every parameter. */
  String describe();

  /** Used by one thread at a time. */
  @FunctionalInterface
  interface Picker {
    /**
     * Chooses.
     *
     * @param files how many there are now, at least 1
     * @return from 0, the oldest, to {@code files - 1}, the newest
     */
    long next(long files);
  }

  /** All files alike. */
  record Uniform() implements Popularity {
    @Override
    public Picker picker(SeededRandom random, long first) {
      return random::nextBelow;
    }

    @Override
    public String describe() {
      return "uniform";
    }
  }

  /** The k-th oldest file as often as 1 / k<sup>exponent</sup>: a stable set of hot files. */
  record Zipf(double exponent) implements Popularity {
    public Zipf {
      requireUsable(exponent);
    }

    @Override
    public Picker picker(SeededRandom random, long first) {
      ZipfRanks ranks = new ZipfRanks(exponent);
      return files -> ranks.next(random, files) - 1;
    }

    @Override
    public String describe() {
      return "zipf, exponent " + Numbers.plain(exponent);
    }
  }

  /**
   * The k-th newest file as often as 1 / k<sup>exponent</sup>, as in YCSB's distribution of this
   * name (Cooper et al., Benchmarking Cloud Serving Systems with YCSB, SoCC 2010).
   */
  record Latest(double exponent) implements Popularity {
    public Latest {
      requireUsable(exponent);
    }

    @Override
    public Picker picker(SeededRandom random, long first) {
      ZipfRanks ranks = new ZipfRanks(exponent);
      return files -> files - ranks.next(random, files);
    }

    @Override
    public String describe() {
      return "latest, exponent " + Numbers.plain(exponent);
    }
  }

  /** One after the other, from the oldest to the newest, and again. */
  record Sequential() implements Popularity {
    @Override
    public Picker picker(SeededRandom random, long first) {
      return new Picker() {
        private long next = first;

        @Override
        public long next(long files) {
          long index = next % files;
          next = index + 1;
          return index;
        }
      };
    }

    @Override
    public String describe() {
      return "sequential";
    }
  }

  private static void requireUsable(double exponent) {
    if (!(exponent > 0 && exponent <= 10)) {
      throw new IllegalArgumentException(
          "exponent is " + exponent + "; accepted: above 0, up to 10");
    }
  }
}
