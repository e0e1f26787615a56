package io.mooseng.bench.core.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class SimulationModelTest {

  private final SimulationModel model = SimulationModel.standard();

  /** 41,119 calls per second is the figure of the source of the CPU cost of a call. */
  @Test
  void serverSaturatesAtTheCallsPerSecondOfItsSource() {
    double callsPerSecond = model.serverCores() * 1e9 / model.rpcCpu().toNanos();
    assertThat(callsPerSecond).isCloseTo(41_119, Percentage.withPercentage(0.01));
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatIllegalArgumentException().isThrownBy(() -> model.withRtt(Duration.ofNanos(-1)));
  }
}
