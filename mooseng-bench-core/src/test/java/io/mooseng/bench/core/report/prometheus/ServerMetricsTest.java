package io.mooseng.bench.core.report.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.ServerState;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServerMetricsTest {

  @Test
  void everyNumberCarriesTheRegion() throws IOException {
    ServerState state =
        new ServerState(
            List.of(
                new ServerState.Calls(
                    "S/Get", List.of(0.001, 0.01), List.of(3L, 1L, 1L), 2.5, Map.of("OK", 5L))),
            List.of(
                new ServerState.Gauge("x_term", "A term.", Map.of(), 7),
                new ServerState.Gauge("x_pending", "Waiting.", Map.of("to", "b"), 2)));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create()
        .write(bytes, new ServerMetrics("graz", () -> state).registry().scrape());
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            # HELP mooseng_server_call_seconds How long calls took on the server, from their headers to their end.
            # TYPE mooseng_server_call_seconds histogram
            mooseng_server_call_seconds_bucket{method="S/Get",region="graz",le="0.001"} 3
            mooseng_server_call_seconds_bucket{method="S/Get",region="graz",le="0.01"} 4
            mooseng_server_call_seconds_bucket{method="S/Get",region="graz",le="+Inf"} 5
            mooseng_server_call_seconds_count{method="S/Get",region="graz"} 5
            mooseng_server_call_seconds_sum{method="S/Get",region="graz"} 2.5
            # HELP mooseng_server_calls_total Calls that have ended, by status.
            # TYPE mooseng_server_calls_total counter
            mooseng_server_calls_total{code="OK",method="S/Get",region="graz"} 5.0
            # HELP x_pending Waiting.
            # TYPE x_pending gauge
            x_pending{region="graz",to="b"} 2.0
            # HELP x_term A term.
            # TYPE x_term gauge
            x_term{region="graz"} 7.0
            """);
  }
}
