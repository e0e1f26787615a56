package io.mooseng.bench.core.workload.mix;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.random.SeededRandom;
import io.mooseng.bench.core.random.WeightedChoice;
import io.mooseng.bench.core.workload.Payload;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** How large new files are. Immutable; safe for use by any number of threads. */
public sealed interface SizeDistribution {

  /** What draws from it. */
  Sampler sampler();

  /** For a person, with every parameter. */
  String describe();

  /** Safe for use by any number of threads, each with a random sequence of its own. */
  @FunctionalInterface
  interface Sampler {
    /** Draws a size in bytes. */
    long next(SeededRandom random);
  }

  /** All files alike. */
  record Fixed(ByteSize size) implements SizeDistribution {
    public Fixed {
      requireUsable(size);
    }

    @Override
    public Sampler sampler() {
      return random -> size.bytes();
    }

    @Override
    public String describe() {
      return "fixed, " + size;
    }
  }

  /** Every whole number of bytes from {@code from} to {@code to}, both included, alike. */
  record Uniform(ByteSize from, ByteSize to) implements SizeDistribution {
    public Uniform {
      requireUsable(to);
      if (from.compareTo(to) > 0) {
        throw new IllegalArgumentException("from " + from + " is above to " + to);
      }
    }

    @Override
    public Sampler sampler() {
      return random -> from.bytes() + random.nextBelow(to.bytes() - from.bytes() + 1);
    }

    @Override
    public String describe() {
      return "uniform, " + from + " to " + to;
    }
  }

  /**
   * The logarithm of the size is normally distributed. What is drawn above {@code max} is drawn
   * again, so that no size piles up at the limit; this lowers the median, slightly where {@code
   * max} is far away.
   *
   * @param sigma deviation of the natural logarithm
   */
  record LogNormal(ByteSize median, double sigma, ByteSize max) implements SizeDistribution {
    public LogNormal {
      requireUsable(max);
      // With the median in range, at least every second draw is.
      if (median.bytes() < 1 || median.compareTo(max) > 0) {
        throw new IllegalArgumentException("median " + median + " is not from 1B to max " + max);
      }
      if (!(sigma > 0 && sigma <= 10)) {
        throw new IllegalArgumentException("sigma is " + sigma + "; accepted: above 0, up to 10");
      }
    }

    @Override
    public Sampler sampler() {
      return this::draw;
    }

    private long draw(SeededRandom random) {
      while (true) {
        double size = median.bytes() * StrictMath.exp(sigma * random.nextNormal());
        if (size <= max.bytes()) {
          return StrictMath.round(size);
        }
      }
    }

    @Override
    public String describe() {
      return "lognormal, median " + median + ", sigma " + Numbers.plain(sigma) + ", up to " + max;
    }
  }

  /** Some sizes, each as often as its weight says. */
  record Empirical(Map<ByteSize, Double> weights) implements SizeDistribution {
    public Empirical {
      weights = Collections.unmodifiableMap(new TreeMap<>(weights));
      weights.keySet().forEach(SizeDistribution::requireUsable);
      // Refuses an empty table and weights that are none.
      choice(weights);
    }

    @Override
    public Sampler sampler() {
      WeightedChoice<ByteSize> choice = choice(weights);
      return random -> choice.next(random).bytes();
    }

    private static WeightedChoice<ByteSize> choice(Map<ByteSize, Double> weights) {
      return new WeightedChoice<>(weights);
    }

    @Override
    public String describe() {
      return weights.entrySet().stream()
          .map(entry -> entry.getKey() + " × " + Numbers.plain(entry.getValue()))
          .collect(Collectors.joining(", ", "empirical, ", ""));
    }
  }

  private static void requireUsable(ByteSize size) {
    if (size.compareTo(Payload.LARGEST) > 0) {
      throw new IllegalArgumentException("size " + size + "; accepted: up to " + Payload.LARGEST);
    }
  }
}
