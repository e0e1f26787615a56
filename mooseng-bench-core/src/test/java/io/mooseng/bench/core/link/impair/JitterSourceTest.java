package io.mooseng.bench.core.link.impair;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.link.profile.Jitter;
import io.mooseng.bench.core.random.SeededRandom;
import java.time.Duration;
import java.util.Arrays;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JitterSourceTest {

  private static final long SIZE = 1_000_000;
  private static final int DRAWS = 200_000;

  private static double[] draws(Jitter.Distribution distribution, double correlation) {
    JitterSource source =
        new JitterSource(
            new Jitter(Duration.ofNanos(SIZE), distribution, correlation), new SeededRandom(17));
    double[] draws = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      draws[i] = source.nextNanos() / (double) SIZE;
    }
    return draws;
  }

  /** Quantiles of the distributions in closed form; correlated draws tell less about them. */
  @ParameterizedTest
  @CsvSource({
    "UNIFORM, 0.1, -0.8, 0",
    "UNIFORM, 0.9, 0.8, 0.5",
    "NORMAL, 0.5, 0, 0",
    "NORMAL, 0.975, 1.95996, 0",
    "NORMAL, 0.025, -1.95996, 0.5",
    "PARETO, 0.5, -0.320105, 0",
    "PARETO, 0.9, 0.872580, 0",
    "PARETO, 0.9, 0.872580, 0.5"
  })
  void theDistributionIsTheOneAskedForWhateverTheCorrelation(
      Jitter.Distribution distribution, double share, double quantile, double correlation) {
    double[] draws = draws(distribution, correlation);
    Arrays.sort(draws);

    assertThat(draws[(int) (share * DRAWS)]).isCloseTo(quantile, Offset.offset(0.04));
  }

  @ParameterizedTest
  @CsvSource({"UNIFORM, -1, 1", "NORMAL, -4, 4", "PARETO, -0.666667, 4"})
  void nothingIsOutsideOfTheBounds(Jitter.Distribution distribution, double least, double most) {
    assertThat(Arrays.stream(draws(distribution, 0.2)).boxed())
        .allMatch(x -> x >= least - 1e-6 && x <= most + 1e-6);
  }

  @ParameterizedTest
  @CsvSource({"0", "0.25", "0.9"})
  void neighboursAreCorrelatedAsAsked(double correlation) {
    double[] draws = draws(Jitter.Distribution.NORMAL, correlation);
    double sum = 0;
    double squares = 0;
    for (int i = 1; i < DRAWS; i++) {
      sum += draws[i] * draws[i - 1];
      squares += draws[i] * draws[i];
    }

    assertThat(sum / squares).isCloseTo(correlation, Offset.offset(0.01));
  }

  @Test
  void theNormalDistributionIsThatOfTheTables() {
    assertThat(JitterSource.below(0)).isCloseTo(0.5, Offset.offset(1e-7));
    assertThat(JitterSource.below(1)).isCloseTo(0.8413447461, Offset.offset(1e-7));
    assertThat(JitterSource.below(-2.5758293)).isCloseTo(0.005, Offset.offset(1e-7));
  }

  @Test
  void noJitterIsNoJitter() {
    assertThat(new JitterSource(Jitter.NONE, new SeededRandom(1)).nextNanos()).isZero();
  }
}
