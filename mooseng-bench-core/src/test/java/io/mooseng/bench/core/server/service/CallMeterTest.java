package io.mooseng.bench.core.server.service;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.mooseng.bench.core.model.ServerState;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallMeterTest {

  private long now = 1_000;

  @Test
  void callsAreCountedByHowLongTheyTookAndHowTheyEnded() {
    CallMeter meter = new CallMeter(() -> now);
    end(meter, "S/Get", 1_500_000, Status.OK);
    end(meter, "S/Get", 2_000_000, Status.OK); // a bound belongs to its bucket
    end(meter, "S/Get", 200_000_000_000L, Status.UNAVAILABLE);
    end(meter, "S/Put", 5_000, Status.OK);

    List<ServerState.Calls> calls = meter.calls();
    assertThat(calls).extracting(ServerState.Calls::method).containsExactly("S/Get", "S/Put");
    ServerState.Calls get = calls.get(0);
    assertThat(get.byCode()).isEqualTo(Map.of("OK", 2L, "UNAVAILABLE", 1L));
    assertThat(get.sumSeconds()).isEqualTo(200.0035);
    assertThat(get.counts().get(get.boundsSeconds().indexOf(0.002))).isEqualTo(2);
    assertThat(get.counts()).hasSize(get.boundsSeconds().size() + 1).endsWith(1L);
    assertThat(get.counts().stream().mapToLong(Long::longValue).sum()).isEqualTo(3);
    assertThat(calls.get(1).counts()).startsWith(1L);
  }

  private void end(CallMeter meter, String method, long nanos, Status status) {
    ServerStreamTracer tracer = meter.newServerStreamTracer(method, new Metadata());
    now += nanos;
    tracer.streamClosed(status);
  }
}
