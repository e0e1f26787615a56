package io.mooseng.bench.core.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZipfRanksTest {

  private static final int SAMPLES = 200_000;

  private static double[] probabilities(double exponent, int ranks) {
    return IntStream.rangeClosed(1, ranks).mapToDouble(k -> Math.pow(k, -exponent)).toArray();
  }

  private static long[] counts(double exponent, int ranks, long seed) {
    ZipfRanks zipf = new ZipfRanks(exponent);
    SeededRandom random = new SeededRandom(seed);
    long[] counts = new long[ranks];
    for (int i = 0; i < SAMPLES; i++) {
      counts[(int) zipf.next(random, ranks) - 1]++;
    }
    return counts;
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10",
    "0.5, 1000",
    "0.8, 1000",
    "0.99, 500",
    "1, 500",
    "1.0000001, 500",
    "1.2, 100",
    "2, 40",
    "4, 6",
    "0.8, 2",
    "0.8, 3"
  })
  void frequenciesAreThoseOfTheLaw(double exponent, int ranks) {
    for (long seed = 1; seed <= 5; seed++) {
      Fit.assertFits(probabilities(exponent, ranks), counts(exponent, ranks, seed));
    }
  }

  @Test
  void aSlightlyOtherLawIsTold() {
    assertThat(Fit.pValue(probabilities(0.8, 1_000), counts(0.82, 1_000, 1))).isLessThan(1e-6);
  }

  /** The number of ranks changes at every draw; each number of ranks must get its own law. */
  @Test
  void numbersOfRanksMayAlternate() {
    ZipfRanks zipf = new ZipfRanks(0.9);
    SeededRandom random = new SeededRandom(8);
    long[] ofFive = new long[5];
    long[] ofFifty = new long[50];
    for (int i = 0; i < SAMPLES; i++) {
      ofFive[(int) zipf.next(random, 5) - 1]++;
      ofFifty[(int) zipf.next(random, 50) - 1]++;
    }
    Fit.assertFits(probabilities(0.9, 5), ofFive);
    Fit.assertFits(probabilities(0.9, 50), ofFifty);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1, 3, 10})
  void ranksStayInRange(double exponent) {
    ZipfRanks zipf = new ZipfRanks(exponent);
    SeededRandom random = new SeededRandom(2);
    for (long ranks : new long[] {1, 2, 10, 1_000_000, 1L << 40}) {
      for (int i = 0; i < 2_000; i++) {
        assertThat(zipf.next(random, ranks)).isBetween(1L, ranks);
      }
    }
  }

  @Test
  void theSeedDecides() {
    assertThat(Arrays.toString(counts(0.8, 20, 1)))
        .isEqualTo(Arrays.toString(counts(0.8, 20, 1)))
        .isNotEqualTo(Arrays.toString(counts(0.8, 20, 2)));
    // Fixed here so that no machine, JVM or change gives others unnoticed.
    ZipfRanks zipf = new ZipfRanks(0.99);
    SeededRandom random = new SeededRandom(1);
    assertThat(IntStream.range(0, 8).mapToLong(i -> zipf.next(random, 1_000)).toArray())
        .containsExactly(15, 4, 1, 38, 38, 3, 1, 21);
  }

  @Test
  void refusesWhatIsNoLaw() {
    for (double exponent : new double[] {-0.1, 10.1, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new ZipfRanks(exponent));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ZipfRanks(1).next(new SeededRandom(1), 0))
        .withMessage("0 ranks; accepted: 1 or more");
  }
}
