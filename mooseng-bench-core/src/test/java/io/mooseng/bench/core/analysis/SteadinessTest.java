package io.mooseng.bench.core.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.analysis.compare.Runs;
import io.mooseng.bench.core.random.SeededRandom;
import io.mooseng.bench.core.result.ResultRecord;
import org.junit.jupiter.api.Test;

class SteadinessTest {

  private static Steadiness of(double[]... forks) {
    return Steadiness.of(row(forks));
  }

  private static ResultRecord row(double[]... forks) {
    return Runs.run("a").iterations("B.run", forks).record().results().get(0);
  }

  /** Throughput that steps from one level to another, with 1 % of noise. */
  private static double[] step(int before, double level, int after, long seed) {
    SeededRandom random = new SeededRandom(seed);
    double[] values = new double[before + after];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i < before ? level : 1_000) * (1 + 0.01 * random.nextNormal());
    }
    return values;
  }

  @Test
  void aForkIsSteadyIfItsLastLevelCoversHalfOfIt() {
    Steadiness steadiness =
        of(step(0, 0, 20, 1), step(10, 800, 10, 2), step(14, 800, 6, 3), step(5, 900, 15, 4));
    assertThat(steadiness.judged()).isEqualTo(4);
    assertThat(steadiness.unsteady()).containsExactly(2);
    assertThat(steadiness.forbidsConclusions()).isTrue();
    assertThat(steadiness.warnings().get(0))
        .isEqualTo(
            "not steady: 1 of 4 forks never settled (throughput of iterations); warm up longer"
                + " (-wi, -w)");
  }

  @Test
  void oneUnsteadyForkInFiveIsTolerated() {
    double[] settled = step(0, 0, 20, 1);
    assertThat(of(settled, settled, settled, settled, step(14, 800, 6, 3)).forbidsConclusions())
        .isFalse();
  }

  @Test
  void noiseAloneIsSteady() {
    int unsteady = 0;
    for (int seed = 0; seed < 300; seed++) {
      unsteady += of(step(0, 0, 20, seed)).unsteady().size();
    }
    assertThat(unsteady).isLessThanOrEqualTo(6);
  }

  @Test
  void shortForksAreNotToldOneByOne() {
    Steadiness steadiness = of(step(3, 500, 2, 1));
    assertThat(steadiness.judged()).isZero();
    assertThat(steadiness.forbidsConclusions()).isFalse();
    assertThat(steadiness.warnings()).isEmpty();
  }

  @Test
  void shortForksTogetherShowATrend() {
    double[][] forks = new double[6][];
    double[][] calm = new double[6][];
    for (int i = 0; i < forks.length; i++) {
      forks[i] = step(2, 900, 3, i);
      calm[i] = step(0, 0, 5, i);
    }
    assertThat(of(forks).trend().orElseThrow()).isCloseTo(1 / 0.9 - 1, within(0.02));
    assertThat(of(forks).warnings().toString()).contains("throughput changes by +1");
    assertThat(of(calm).trend()).isEmpty();
  }
}
