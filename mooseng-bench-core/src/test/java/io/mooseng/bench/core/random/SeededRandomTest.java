package io.mooseng.bench.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.RealDistribution;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SeededRandomTest {

  private static final int SAMPLES = 20_000;

  @Test
  void isSplitMix64() {
    // The first numbers of Vigna's reference implementation, splitmix64.c, from seed 1234567.
    SeededRandom random = new SeededRandom(1_234_567);
    assertThat(random.nextLong()).isEqualTo(6_457_827_717_110_365_317L);
    assertThat(random.nextLong()).isEqualTo(3_203_168_211_198_807_973L);
    assertThat(random.nextLong()).isEqualTo(Long.parseUnsignedLong("9817491932198370423"));
    assertThat(random.nextLong()).isEqualTo(4_593_380_528_125_082_431L);
  }

  @Test
  void agreesWithTheJdksGenerator() {
    SeededRandom ours = new SeededRandom(-42);
    SplittableRandom theirs = new SplittableRandom(-42);
    for (int i = 0; i < 1_000; i++) {
      assertThat(ours.nextLong()).isEqualTo(theirs.nextLong());
      assertThat(ours.nextUnit()).isEqualTo(theirs.nextDouble());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 7, 100})
  void boundedNumbersAreAllAlike(long bound) {
    SeededRandom random = new SeededRandom(bound);
    long[] counts = new long[(int) bound];
    for (int i = 0; i < SAMPLES; i++) {
      counts[(int) random.nextBelow(bound)]++;
    }
    if (bound > 1) {
      double[] alike = new double[(int) bound];
      Arrays.fill(alike, 1);
      Fit.assertFits(alike, counts);
    }
  }

  @Test
  void largeBoundsAreKeptAndFilled() {
    SeededRandom random = new SeededRandom(3);
    for (long bound : new long[] {Long.MAX_VALUE, 1L << 62, (1L << 53) + 1}) {
      long[] tenths = new long[10];
      for (int i = 0; i < SAMPLES; i++) {
        long number = random.nextBelow(bound);
        assertThat(number).isBetween(0L, bound - 1);
        tenths[(int) ((double) number / bound * 10)]++;
      }
      Fit.assertFits(new double[] {1, 1, 1, 1, 1, 1, 1, 1, 1, 1}, tenths);
    }
  }

  @Test
  void refusesABoundThatLeavesNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new SeededRandom(1).nextBelow(0))
        .withMessage("bound is 0; accepted: 1 or more");
  }

  @Test
  void exponentialNumbersAre() {
    SeededRandom random = new SeededRandom(11);
    double[] samples = new double[SAMPLES];
    Arrays.setAll(samples, i -> random.nextExponential());
    assertThat(p(new ExponentialDistribution(1), samples)).isGreaterThan(0.001);
    assertThat(p(new ExponentialDistribution(1.05), samples)).isLessThan(0.001);
  }

  @Test
  void normalNumbersAre() {
    SeededRandom random = new SeededRandom(12);
    double[] samples = new double[SAMPLES];
    Arrays.setAll(samples, i -> random.nextNormal());
    assertThat(p(new NormalDistribution(0, 1), samples)).isGreaterThan(0.001);
    assertThat(p(new NormalDistribution(0.05, 1), samples)).isLessThan(0.001);
  }

  private static double p(RealDistribution distribution, double[] samples) {
    return new KolmogorovSmirnovTest().kolmogorovSmirnovTest(distribution, samples);
  }

  @Test
  void purposesHaveSequencesOfTheirOwn() {
    long one = SeededRandom.of(1, 2, 3).nextLong();
    assertThat(SeededRandom.of(1, 2, 3).nextLong()).isEqualTo(one);
    assertThat(
            new long[] {
              SeededRandom.of(1, 3, 2).nextLong(),
              SeededRandom.of(2, 2, 3).nextLong(),
              SeededRandom.of(1, 2).nextLong(),
              SeededRandom.of(1, 2, 4).nextLong(),
              SeededRandom.of(1, 2, 3, 0).nextLong()
            })
        .doesNotContain(one)
        .doesNotHaveDuplicates();
  }
}
