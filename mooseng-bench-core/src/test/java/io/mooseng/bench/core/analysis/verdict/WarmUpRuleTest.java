package io.mooseng.bench.core.analysis.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.random.SeededRandom;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WarmUpRuleTest {

  private static final int MOST = WarmUpRule.USUAL_MOST;

  /** How many iterations are made; {@link #MOST} if they never are steady. */
  private static int end(IntToDoubleFunction iteration) {
    double[] logs = IntStream.range(0, MOST).mapToDouble(iteration).toArray();
    return IntStream.rangeClosed(1, MOST)
        .filter(n -> n == MOST || WarmUpRule.isSteady(Arrays.copyOf(logs, n)))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatNeverChangesIsSteadyAsSoonAsThereIsAWindow() {
    assertThat(end(i -> 3.5)).isEqualTo(WarmUpRule.WINDOW);
  }

  @Test
  void theSlopeIsTheMedianOverAllPairs() {
    assertThat(WarmUpRule.slope(0, 1, 2, 9)).isCloseTo(2, within(1e-12));
    assertThat(WarmUpRule.slope(5, 3, 1)).isCloseTo(-2, within(1e-12));
    assertThat(WarmUpRule.slope(1, 1, 1, 1, 100)).isZero();
  }

  @Test
  void neitherUnitsNorTheDirectionMatter() {
    SeededRandom random = new SeededRandom(1);
    for (int trial = 0; trial < 2_000; trial++) {
      double drift = 0.002 * random.nextNormal();
      double[] logs = new double[WarmUpRule.WINDOW + trial % 3];
      Arrays.setAll(logs, i -> drift * i + 0.01 * random.nextNormal());
      boolean steady = WarmUpRule.isSteady(logs);
      assertThat(WarmUpRule.isSteady(Arrays.stream(logs).map(x -> x + 7).toArray()))
          .isEqualTo(steady);
      assertThat(WarmUpRule.isSteady(Arrays.stream(logs).map(x -> -x).toArray())).isEqualTo(steady);
    }
  }

  /** What is left of a decay changes by less than 1 % in a window, whichever its speed. */
  @ParameterizedTest
  @ValueSource(doubles = {0.5, 2, 4, 6})
  void aDecayIsWaitedFor(double timeConstant) {
    IntToDoubleFunction decay = i -> Math.log1p(4 * Math.exp(-i / timeConstant));
    int end = end(decay);
    double left = Math.expm1(decay.applyAsDouble(end - 1));
    assertThat(end).isLessThan(MOST);
    assertThat(left).isLessThan(0.01 * timeConstant / WarmUpRule.WINDOW);
    double earlier = Math.expm1(decay.applyAsDouble(Math.max(0, end - 1 - WarmUpRule.WINDOW)));
    assertThat(earlier).as("it was needed").isGreaterThan(0.01 * timeConstant / WarmUpRule.WINDOW);
  }

  @Test
  void whatGoesOnChangingIsNeverSteady() {
    assertThat(end(i -> 0.002 * i)).as("2 % a window").isEqualTo(MOST);
    assertThat(end(i -> -0.002 * i)).isEqualTo(MOST);
  }

  @Test
  void aStepIsWaitedOut() {
    for (int step = 3; step <= 7; step++) {
      int at = step;
      assertThat(end(i -> i < at ? 0.1 : 0)).as("step at " + at).isGreaterThan(WarmUpRule.WINDOW);
    }
  }

  @Test
  void oneSlowIterationDoesNotMatter() {
    for (int slow = 0; slow < WarmUpRule.WINDOW; slow++) {
      int at = slow;
      assertThat(end(i -> i == at ? 2.3 : 0)).isEqualTo(WarmUpRule.WINDOW);
    }
  }

  @Test
  void whereAnIterationHasNoValueNothingIsSteady() {
    assertThat(end(i -> i == 4 ? Double.NaN : 1)).isEqualTo(15);
    assertThat(end(i -> Double.NaN)).isEqualTo(MOST);
  }

  /** What the documentation says it costs where there is nothing to warm up, but noise. */
  @Test
  void noiseTakesTime() {
    assertThat(meanEnd(0.01)).isBetween(10.5, 11.5);
    assertThat(meanEnd(0.02)).isBetween(12.0, 14.0);
    assertThat(meanEnd(0.05)).isBetween(21.0, 24.0);
  }

  private static double meanEnd(double deviation) {
    SeededRandom random = new SeededRandom(7);
    return IntStream.range(0, 2_000)
        .map(trial -> end(i -> deviation * random.nextNormal()))
        .average()
        .orElseThrow();
  }
}
