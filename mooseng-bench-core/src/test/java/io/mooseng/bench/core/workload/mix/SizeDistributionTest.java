package io.mooseng.bench.core.workload.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.random.Fit;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SizeDistributionTest {

  private static final int SAMPLES = 100_000;
  private static final int CLASSES = 20;

  private static ByteSize bytes(long bytes) {
    return new ByteSize(bytes);
  }

  private static long[] samples(SizeDistribution sizes, long seed) {
    SizeDistribution.Sampler sampler = sizes.sampler();
    SeededRandom random = new SeededRandom(seed);
    return LongStream.generate(() -> sampler.next(random)).limit(SAMPLES).toArray();
  }

  static List<SizeDistribution> distributions() {
    return List.of(
        new SizeDistribution.Fixed(bytes(7)),
        new SizeDistribution.Uniform(bytes(10), bytes(1_000)),
        new SizeDistribution.LogNormal(bytes(4_096), 2, bytes(1 << 20)),
        new SizeDistribution.Empirical(Map.of(bytes(1), 1.0, bytes(5), 2.0)));
  }

  @ParameterizedTest
  @MethodSource("distributions")
  void theSeedDecides(SizeDistribution sizes) {
    assertThat(samples(sizes, 1)).isEqualTo(samples(sizes, 1));
    if (!(sizes instanceof SizeDistribution.Fixed)) {
      assertThat(samples(sizes, 1)).isNotEqualTo(samples(sizes, 2));
    }
  }

  @Test
  void fixedIsOneSize() {
    assertThat(samples(new SizeDistribution.Fixed(bytes(7)), 1)).containsOnly(7);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void uniformTakesEverySizeWithItsBounds(long seed) {
    long[] counts = new long[12];
    for (long size : samples(new SizeDistribution.Uniform(bytes(100), bytes(111)), seed)) {
      counts[(int) size - 100]++;
    }
    Fit.assertFits(LongStream.range(0, 12).mapToDouble(i -> 1).toArray(), counts);
  }

  /** Classes of equal width in the logarithm, against the normal distribution cut at the limit. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void logarithmsOfLogNormalSizesAreNormalBelowTheLimit(long seed) {
    double sigma = 1.5;
    long median = 1 << 20;
    long max = 16L << 20;
    NormalDistribution normal = new NormalDistribution(Math.log(median), sigma);
    double low = Math.log(median) - 3 * sigma;
    double width = (Math.log(max) - low) / CLASSES;
    double[] probabilities = new double[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      double from = i == 0 ? Double.NEGATIVE_INFINITY : low + i * width;
      probabilities[i] =
          normal.cumulativeProbability(low + (i + 1) * width) - normal.cumulativeProbability(from);
    }
    long[] counts = new long[CLASSES];
    for (long size :
        samples(new SizeDistribution.LogNormal(bytes(median), sigma, bytes(max)), seed)) {
      assertThat(size).isBetween(0L, max);
      int index = (int) Math.floor((Math.log(size) - low) / width);
      counts[Math.min(CLASSES - 1, Math.max(0, index))]++;
    }
    Fit.assertFits(probabilities, counts);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void empiricalFollowsItsTable(long seed) {
    Map<ByteSize, Double> table = Map.of(bytes(0), 10.0, bytes(1), 50.0, bytes(2), 40.0);
    long[] counts = new long[3];
    for (long size : samples(new SizeDistribution.Empirical(table), seed)) {
      counts[(int) size]++;
    }
    Fit.assertFits(new double[] {10, 50, 40}, counts);
  }

  /** A map without an order must not make the seed mean something else in each process. */
  @Test
  void empiricalDoesNotDependOnTheOrderOfItsTable() {
    SizeDistribution.Empirical one =
        new SizeDistribution.Empirical(
            Map.of(bytes(9), 1.0, bytes(5), 2.0, bytes(3), 3.0, bytes(1), 1.5));
    assertThat(one.weights().keySet()).containsExactly(bytes(1), bytes(3), bytes(5), bytes(9));
  }

  @Test
  void refusesWhatIsNoDistribution() {
    ByteSize tooLarge = bytes((8L << 30) + 1);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SizeDistribution.Fixed(tooLarge))
        .withMessage("size 8589934593B; accepted: up to 8GB");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SizeDistribution.Uniform(bytes(2), bytes(1)))
        .withMessage("from 2B is above to 1B");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SizeDistribution.LogNormal(bytes(2), 1, bytes(1)))
        .withMessage("median 2B is not from 1B to max 1B");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SizeDistribution.LogNormal(bytes(0), 1, bytes(1)));
    for (double sigma : new double[] {0, -1, 11, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new SizeDistribution.LogNormal(bytes(1), sigma, bytes(1)));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SizeDistribution.Empirical(Map.of(tooLarge, 1.0)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SizeDistribution.Empirical(Map.of(bytes(1), 0.0)));
    assertThatIllegalArgumentException().isThrownBy(() -> new SizeDistribution.Empirical(Map.of()));
  }

  @Test
  void describesItselfWithEveryParameter() {
    assertThat(distributions().stream().map(SizeDistribution::describe))
        .containsExactly(
            "fixed, 7B",
            "uniform, 10B to 1000B",
            "lognormal, median 4KB, sigma 2, up to 1MB",
            "empirical, 1B × 1, 5B × 2");
  }
}
