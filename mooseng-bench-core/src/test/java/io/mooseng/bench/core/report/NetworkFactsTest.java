package io.mooseng.bench.core.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowHeader;
import io.mooseng.bench.core.result.TargetRecord;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class NetworkFactsTest {

  private static ResultRecord row(Map<Quantity, Double> values) {
    Histogram latency = new Histogram(3);
    latency.recordValueWithCount(1000, 10);
    TreeMap<String, Double> named = new TreeMap<>();
    values.forEach((quantity, value) -> named.put(quantity.label(), value));
    IterationRecord iteration =
        new IterationRecord(
            0, 10, Map.of(), 0, 0, 10_000, LatencySummary.of(latency), new TreeMap<>(), named);
    return ResultRecord.measured(
        RowHeader.of(
            "io.mooseng.bench.network.SomeBenchmark.call",
            "avgt",
            Map.of("target", "embedded"),
            Fidelity.EMBEDDED,
            null,
            new TargetRecord("embedded", "a system", null),
            NetworkRecord.none()),
        List.of(
            ForkMeasurement.of(new ForkRecord(0, null, List.of(iteration)), latency, Map.of())));
  }

  @Test
  void theCeilingOfAWindowStandsBesideItsShare() {
    assertThat(
            NetworkFacts.of(
                row(
                    Map.of(
                        Quantity.WINDOW_RTT, 70.4e6,
                        Quantity.WINDOW_CEILING, 65_536 / 0.0704,
                        Quantity.WINDOW_SHARE, 0.973))))
        .containsExactly("window / RTT (70.4 ms) allows 0.89 MB/s: 97 % of that");
  }

  @Test
  void whatElseIsKnownIsALineEach() {
    assertThat(
            NetworkFacts.of(
                row(
                    Map.of(
                        Quantity.WIRE_RATIO, 0.305,
                        Quantity.DEADLINE_LATENESS, 120_000.0,
                        Quantity.CONNECTIONS_FAILED, 7.0))))
        .containsExactly(
            "30.5 % of the bytes were sent",
            "told 120 us after the deadline, on average", "7 connections failed");
  }

  @Test
  void anOrdinaryRowHasNone() {
    assertThat(NetworkFacts.of(row(Map.of()))).isEmpty();
  }
}
