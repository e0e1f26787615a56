package io.mooseng.bench.core.analysis.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.analysis.change.ChangePoints.Change;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/**
 * How often the detector is wrong, and how often it finds what is there: simulated with normal
 * noise of 2 %. Every share is that of one seed, so that a test gives the same answer every time.
 */
class ChangePointDetectorTest {

  private static final int SERIES = 500;
  private static final double NOISE = 0.02;
  private static final ChangePointDetector DETECTOR = ChangePointDetector.ofHistory();

  private static double[] quiet(int n, SeededRandom random) {
    double[] x = new double[n];
    Arrays.setAll(x, i -> 3 + NOISE * random.nextNormal());
    return x;
  }

  private static double[] step(int before, int after, double effect, SeededRandom random) {
    double[] x = quiet(before + after, random);
    for (int i = before; i < x.length; i++) {
      x[i] += Math.log1p(effect);
    }
    return x;
  }

  private interface Series {
    double[] next(SeededRandom random);
  }

  private static double share(long seed, Series series, BiPredicate<ChangePoints, double[]> event) {
    int count = 0;
    for (int i = 0; i < SERIES; i++) {
      double[] x = series.next(SeededRandom.of(seed, i));
      count += event.test(DETECTOR.detect(x, i), x) ? 1 : 0;
    }
    return (double) count / SERIES;
  }

  private static boolean any(ChangePoints found, double[] series) {
    return !found.changes().isEmpty();
  }

  @Test
  void findsNothingInQuietSeries() {
    assertThat(share(1, random -> quiet(100, random), ChangePointDetectorTest::any))
        .isLessThanOrEqualTo(0.02);
  }

  @Test
  void findsAStepOfFivePercentTenValuesAfterIt() {
    double found =
        share(
            2,
            random -> step(50, 10, 0.05, random),
            (points, x) ->
                points.changes().size() == 1
                    && Math.abs(points.changes().get(0).index() - 50) <= 3);
    assertThat(found).isGreaterThanOrEqualTo(0.9);
  }

  @Test
  void isNotFooledByASpike() {
    double fooled =
        share(
            3,
            random -> {
              double[] x = quiet(60, random);
              x[30] += Math.log(1.3);
              return x;
            },
            ChangePointDetectorTest::any);
    assertThat(fooled).isLessThanOrEqualTo(0.02);
  }

  @Test
  void takesNoDriftOfNeighboursForLevels() {
    double fooled = share(4, random -> autoregressive(100, random), ChangePointDetectorTest::any);
    assertThat(fooled).isLessThanOrEqualTo(0.08);
  }

  private static double[] autoregressive(int n, SeededRandom random) {
    double[] x = new double[n];
    double previous = NOISE * random.nextNormal();
    for (int i = 0; i < n; i++) {
      // Scaled so that the values scatter by as much as independent ones do.
      previous = 0.4 * previous + NOISE * Math.sqrt(1 - 0.4 * 0.4) * random.nextNormal();
      x[i] = previous;
    }
    return x;
  }

  @Test
  void sameSeriesSameAnswer() {
    double[] x = step(40, 30, 0.06, new SeededRandom(5));
    assertThat(DETECTOR.detect(x, 9)).isEqualTo(DETECTOR.detect(x.clone(), 9));
    assertThat(ChangePointDetector.seedOf("a/b")).isEqualTo(ChangePointDetector.seedOf("a/b"));
    assertThat(ChangePointDetector.seedOf("a/b")).isNotEqualTo(ChangePointDetector.seedOf("a/c"));
  }

  @Test
  void findsSeveralLevelsAndSaysByHowMuch() {
    SeededRandom random = new SeededRandom(6);
    double[] x = step(30, 60, 0.10, random);
    for (int i = 60; i < 90; i++) {
      x[i] -= Math.log(1.2);
    }
    ChangePoints found = DETECTOR.detect(x, 1);
    assertThat(found.changes()).hasSize(2);
    assertThat(found.changes().get(0).index()).isCloseTo(30, within(1));
    assertThat(found.changes().get(1).index()).isCloseTo(60, within(1));
    assertThat(found.changes().get(0).effect()).isCloseTo(0.10, within(0.02));
    assertThat(found.changes().get(1).effect()).isCloseTo(1 / 1.2 - 1, within(0.02));
    assertThat(found.lastLevel()).isEqualTo(found.changes().get(1).index());
  }

  @Test
  void joinsLevelsThatHardlyDiffer() {
    double[] x = new double[60];
    for (int i = 0; i < x.length; i++) {
      x[i] = 1e-4 * (i % 7) + (i < 30 ? 0 : 0.02);
    }
    assertThat(DETECTOR.detect(x, 1).changes()).isEmpty();
    assertThat(ChangePointDetector.withLeastEffect(0.01).detect(x, 1).changes())
        .extracting(Change::index)
        .containsExactly(30);
  }

  @Test
  void suspectsWhatIsTooNewForAChange() {
    for (int tail = 1; tail <= 3; tail++) {
      double[] x = step(40, tail, 0.15, new SeededRandom(70 + tail));
      ChangePoints found = DETECTOR.detect(x, 1);
      assertThat(found.changes()).isEmpty();
      assertThat(found.suspect()).isPresent();
      assertThat(found.suspect().get().effect()).isCloseTo(0.15, within(0.05));
    }
    assertThat(DETECTOR.detect(quiet(40, new SeededRandom(8)), 1).suspect()).isEmpty();
  }

  @Test
  void hardlyEverSuspectsQuietSeries() {
    assertThat(share(9, random -> quiet(40, random), (found, x) -> found.suspect().isPresent()))
        .isLessThanOrEqualTo(0.02);
  }

  @Test
  void looksAtTheLatestOfLongSeries() {
    double[] x = step(250, 100, 0.10, new SeededRandom(10));
    assertThat(DETECTOR.detect(x, 1).changes()).extracting(Change::index).containsExactly(250);
  }

  @Test
  void constantAndShortSeriesHaveNoChange() {
    double[] constant = new double[50];
    Arrays.fill(constant, 2.5);
    assertThat(DETECTOR.detect(constant, 1))
        .isEqualTo(new ChangePoints(List.of(), Optional.empty(), 0, false));
    for (int n = 0; n < 10; n++) {
      assertThat(DETECTOR.detect(new double[n], 1).changes()).isEmpty();
    }
  }

  @Test
  void refusesWhatIsNoNumber() {
    assertThatThrownBy(() -> DETECTOR.detect(new double[] {1, Double.NaN}, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NaN");
  }
}
