package io.mooseng.bench.core.link;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WakeUpLatencyTest {

  private final WakeUpLatency latency = new WakeUpLatency();

  private void slept(int times, long lateNanos) {
    for (int i = 0; i < times; i++) {
      latency.slept(1_000_000, 1_000_000 + lateNanos);
    }
  }

  @Test
  void withTooFewSleepsNothingIsAssumed() {
    slept(4, 80_000);

    assertThat(latency.typicalNanos()).isZero();
    assertThat(latency.arrivalNanos(0, 500_000)).isEqualTo(500_000);
  }

  @Test
  void theMiddleOfTheLastSleepsCounts() {
    slept(10, 80_000);
    slept(8, 240_000);

    assertThat(latency.typicalNanos()).isEqualTo(80_000);
    slept(31, 30_000);
    assertThat(latency.typicalNanos()).isEqualTo(30_000);
  }

  @Test
  void anotherThreadOnTheProcessorIsNotTakenForWaking() {
    slept(31, 4_000_000);

    assertThat(latency.typicalNanos()).isEqualTo(250_000);
  }

  @Test
  void nothingArrivedBeforeTheSleep() {
    slept(31, 100_000);

    assertThat(latency.arrivalNanos(950_000, 1_000_000)).isEqualTo(950_000);
    assertThat(latency.arrivalNanos(0, 1_000_000)).isEqualTo(900_000);
  }
}
