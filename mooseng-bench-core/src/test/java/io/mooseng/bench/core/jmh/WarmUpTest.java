package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.runner.IterationType;
import org.openjdk.jmh.runner.options.TimeValue;

class WarmUpTest {

  private final IterationParams planned =
      new IterationParams(IterationType.WARMUP, 30, TimeValue.seconds(1), 1);

  private final WarmUp warmUp = new WarmUp();

  /** Makes iterations as JMH's loop does. */
  private void loop(double firstValue, double factor) {
    double value = firstValue;
    for (int i = 1; i <= planned.getCount(); i++) {
      warmUp.ended(planned, value);
      value *= factor;
    }
  }

  @Test
  void jmhsLoopEndsWhenIterationsAreSteady() {
    loop(250, 1);
    assertThat(warmUp.iterations()).isEqualTo(10);
    assertThat(planned.getCount()).isEqualTo(10);
    assertThat(warmUp.shortfall()).isEmpty();
  }

  @Test
  void whatIsNotSteadyMakesAllIterationsAndSaysSo() {
    loop(250, 0.9);
    assertThat(warmUp.iterations()).isEqualTo(30);
    assertThat(planned.getCount()).isEqualTo(30);
    assertThat(warmUp.shortfall())
        .isEqualTo("not steady after 30 warm-up iterations; allow more (-wi)");
  }

  @Test
  void iterationsWithoutAValueAreNotSteady() {
    loop(0, 1);
    assertThat(warmUp.iterations()).isEqualTo(30);
    assertThat(warmUp.shortfall()).startsWith("not steady");
  }
}
