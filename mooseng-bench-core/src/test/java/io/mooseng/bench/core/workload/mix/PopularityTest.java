package io.mooseng.bench.core.workload.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mooseng.bench.core.random.Fit;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PopularityTest {

  private static final int FILES = 50;
  private static final int SAMPLES = 100_000;

  private static long[] counts(Popularity popularity, long seed) {
    Popularity.Picker picker = popularity.picker(new SeededRandom(seed), 0);
    long[] counts = new long[FILES];
    for (int i = 0; i < SAMPLES; i++) {
      counts[(int) picker.next(FILES)]++;
    }
    return counts;
  }

  private static double[] law(double exponent) {
    return IntStream.rangeClosed(1, FILES).mapToDouble(k -> Math.pow(k, -exponent)).toArray();
  }

  private static long[] reversed(long[] counts) {
    return IntStream.range(0, FILES).mapToLong(i -> counts[FILES - 1 - i]).toArray();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void frequenciesAreThoseAskedFor(long seed) {
    Fit.assertFits(law(0), counts(new Popularity.Uniform(), seed));
    Fit.assertFits(law(0.8), counts(new Popularity.Zipf(0.8), seed));
    Fit.assertFits(law(0.99), reversed(counts(new Popularity.Latest(0.99), seed)));
  }

  @Test
  void latestMovesAlongWithTheNewestFile() {
    Popularity.Picker picker = new Popularity.Latest(3).picker(new SeededRandom(1), 0);
    long newest = 0;
    for (int files = 100; files < 1_100; files++) {
      newest += picker.next(files) == files - 1 ? 1 : 0;
    }
    // 1 / zeta(3) = 0.83 of 1,000, give or take four deviations.
    assertThat(newest).isBetween(784L, 880L);
  }

  @Test
  void sequentialWalksRoundFromItsBegin() {
    Popularity.Picker picker = new Popularity.Sequential().picker(new SeededRandom(1), 3);
    assertThat(LongStream.generate(() -> picker.next(5)).limit(7))
        .containsExactly(3L, 4L, 0L, 1L, 2L, 3L, 4L);
    assertThat(picker.next(2)).as("of fewer files").isEqualTo(1);
  }

  @Test
  void refusesWhatIsNoExponent() {
    for (double exponent : new double[] {0, -1, 10.5, Double.NaN}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Popularity.Zipf(exponent));
      assertThatIllegalArgumentException().isThrownBy(() -> new Popularity.Latest(exponent));
    }
  }
}
