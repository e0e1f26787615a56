package io.mooseng.bench.core.analysis.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.random.SeededRandom;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;

class MonotoneTrendTest {

  private static final int ROUNDS = 1_000;

  private static double[] series(int n, IntToDoubleFunction value) {
    double[] values = new double[n];
    Arrays.setAll(values, value);
    return values;
  }

  private static MonotoneTrend trend(double... values) {
    return MonotoneTrend.of(series(values.length, i -> i), values);
  }

  /** Kendall's S is 35 of 45 pairs; var S = 10 * 9 * 25 / 18 = 125, z = 34 / sqrt(125). */
  @Test
  void isWhatTheFormulasGiveByHand() {
    MonotoneTrend found = trend(2, 1, 4, 3, 6, 5, 8, 7, 10, 9);
    assertThat(found.slope()).isEqualTo(1);
    assertThat(found.widening()).as("neighbours alternate").isEqualTo(1);
    assertThat(found.p()).isCloseTo(0.00236, within(0.00001));
  }

  @Test
  void aLineIsItsOwnTrend() {
    MonotoneTrend line = trend(series(20, i -> 7 - 3.5 * i));
    assertThat(line.slope()).isEqualTo(-3.5);
    assertThat(line.low()).isEqualTo(-3.5);
    assertThat(line.high()).isEqualTo(-3.5);
    assertThat(line.p()).isLessThan(1e-8);
  }

  @Test
  void whatNeverChangesHasNoTrend() {
    MonotoneTrend flat = trend(series(30, i -> 5));
    assertThat(flat.slope()).isZero();
    assertThat(flat.p()).isEqualTo(1);
  }

  @Test
  void timesNeedNotBeEvenlySpread() {
    double[] times = series(15, i -> i * i);
    assertThat(MonotoneTrend.of(times, series(15, i -> 2.0 * i * i)).slope()).isEqualTo(2);
  }

  @Test
  void outliersDoNotMoveIt() {
    SeededRandom random = new SeededRandom(1);
    double[] values = series(60, i -> 100 + 0.5 * i + random.nextNormal());
    double before = trend(values).slope();
    values[7] = 1e6;
    values[50] = -1e6;
    assertThat(trend(values).slope()).isCloseTo(before, within(0.05));
  }

  /** At 1 %, of 1,000 series without a trend more than 20 are found once in 1,000 tries. */
  @Test
  void falseAlarmsAreAsRareAsPromised() {
    for (int n : new int[] {10, 60}) {
      int alarms = 0;
      for (int round = 0; round < ROUNDS; round++) {
        SeededRandom random = SeededRandom.of(2, n, round);
        alarms += trend(series(n, i -> random.nextNormal())).p() <= 0.01 ? 1 : 0;
      }
      assertThat(alarms).as("%d values", n).isLessThanOrEqualTo(20);
    }
  }

  /** Each value is half of the one before and half new: the plain test sees trends everywhere. */
  @Test
  void neighboursThatResembleEachOtherAreNoTrend() {
    int alarms = 0;
    int plain = 0;
    for (int round = 0; round < ROUNDS; round++) {
      SeededRandom random = SeededRandom.of(3, round);
      double[] values = new double[60];
      for (int i = 1; i < values.length; i++) {
        values[i] = 0.5 * values[i - 1] + random.nextNormal();
      }
      MonotoneTrend found = trend(values);
      alarms += found.p() <= 0.01 ? 1 : 0;
      plain += unwidened(found) <= 0.01 ? 1 : 0;
    }
    assertThat(plain).as("of 1,000 without the correction").isGreaterThan(70);
    assertThat(alarms).as("of 1,000 at 1 %").isLessThanOrEqualTo(25);
  }

  private static double unwidened(MonotoneTrend found) {
    double z = new NormalDistribution(null, 0, 1).inverseCumulativeProbability(1 - found.p() / 2);
    return 2
        * new NormalDistribution(null, 0, 1)
            .cumulativeProbability(-z * Math.sqrt(found.widening()));
  }

  @Test
  void driftIsFoundAndItsIntervalHoldsIt() {
    int found = 0;
    int held = 0;
    for (int round = 0; round < ROUNDS; round++) {
      SeededRandom random = SeededRandom.of(4, round);
      MonotoneTrend trend = trend(series(60, i -> 100 + 0.05 * i + random.nextNormal()));
      found += trend.p() <= 0.01 ? 1 : 0;
      held += trend.low() <= 0.05 && 0.05 <= trend.high() ? 1 : 0;
    }
    assertThat(found).as("3 deviations over the series").isGreaterThan(950);
    assertThat(held).as("of 95 %").isBetween(925, 985);
  }

  @Test
  void tooLittleIsRefused() {
    assertThatThrownBy(() -> trend(1, 2, 3)).hasMessageContaining("3 values");
    assertThatThrownBy(() -> MonotoneTrend.of(series(10, i -> 1), series(10, i -> i)))
        .hasMessageContaining("ascend");
    assertThatThrownBy(() -> trend(series(10, i -> Double.NaN))).hasMessageContaining("NaN");
  }
}
