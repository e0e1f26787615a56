package io.mooseng.bench.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class ConnectionSetupBenchmarkTest {

  private static RecordedInterval run(String uri, String method, int calls) {
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(uri, ConnectionSetupBenchmark.class, method, Map.of())) {
      return trial.iterate(calls);
    }
  }

  @ParameterizedTest
  @CsvSource({"tcpConnect, 0", "channelToFirstResponse, 1", "warmCall, 1"})
  void everyOperationIsAsManyRoundTrips(String method, int roundTrips) throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory())) {
      RecordedInterval interval = run("mooseng://127.0.0.1:" + server.port(), method, 4);
      assertThat(interval.failureMessages()).isEmpty();
      assertThat(interval.successes()).isEqualTo(4);
      assertThat(interval.bytes()).isZero();
      assertThat(interval.roundTrips()).isEqualTo(4L * roundTrips);
      assertThat(interval.latencyNanos().getMinValue()).isPositive();
    }
  }

  /**
   * In one of some iterations at least: a thread that loses its processor between two readings of a
   * clock leaves a gap in some, a driver that leaves one does so in all.
   */
  @ParameterizedTest
  @CsvSource({"tcpConnect, false", "channelToFirstResponse, true"})
  void stagesLeaveNoGap(String method, boolean calls) throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory());
        BenchmarkTrial trial =
            BenchmarkTrial.against(
                "mooseng://" + server.address(),
                ConnectionSetupBenchmark.class,
                method,
                Map.of())) {
      List<Double> coverage = new ArrayList<>();
      for (int i = 0; i < 5; i++) {
        RecordedInterval interval = trial.iterate(20);
        assertThat(interval.stage(Stage.CONNECT).orElseThrow().getTotalCount()).isEqualTo(20);
        assertThat(interval.stage(Stage.MASTER_RPC).isPresent()).isEqualTo(calls);
        coverage.add(interval.values().get(Quantity.STAGE_COVERAGE));
      }
      assertThat(coverage).anySatisfy(ratio -> assertThat(ratio).isBetween(0.95, 1.05));
    }
  }

  @Test
  void aTargetWithoutConnectionsFailsEveryOperation() {
    RecordedInterval interval = run("memory:/", "tcpConnect", 3);
    assertThat(interval.successes()).isZero();
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.UNIMPLEMENTED, 3L));
  }
}
