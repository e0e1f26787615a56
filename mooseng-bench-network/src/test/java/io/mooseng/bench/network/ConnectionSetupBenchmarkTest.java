package io.mooseng.bench.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
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
  @CsvSource({"tcpConnect, 0", "channelToFirstResponse, 1"})
  void everyOperationIsANewConnection(String method, int roundTrips) throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inMemory())) {
      RecordedInterval interval = run("mooseng://127.0.0.1:" + server.port(), method, 4);
      assertThat(interval.failureMessages()).isEmpty();
      assertThat(interval.successes()).isEqualTo(4);
      assertThat(interval.bytes()).isZero();
      assertThat(interval.roundTrips()).isEqualTo(4L * roundTrips);
      assertThat(interval.latencyNanos().getMinValue()).isPositive();
    }
  }

  @Test
  void aTargetWithoutConnectionsFailsEveryOperation() {
    RecordedInterval interval = run("memory:/", "tcpConnect", 3);
    assertThat(interval.successes()).isZero();
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.UNIMPLEMENTED, 3L));
  }
}
