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

class SetbacksTest {

  static ResultRecord row(Map<Quantity, Double> values) {
    Histogram latency = new Histogram(3);
    latency.recordValueWithCount(1000, 10);
    TreeMap<String, Double> named = new TreeMap<>();
    values.forEach((quantity, value) -> named.put(quantity.label(), value));
    IterationRecord iteration =
        new IterationRecord(
            0, 10, Map.of(), 0, 0, 10_000, LatencySummary.of(latency), new TreeMap<>(), named);
    return ResultRecord.measured(
        RowHeader.of(
            "io.mooseng.bench.file.SomeBenchmark.stat",
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
  void sessionsThatWereLostAreCounted() {
    assertThat(Setbacks.of(row(Map.of(Quantity.SESSIONS_LOST, 3.0))))
        .containsExactly("sessions that the target had forgotten and that were made anew: 3");
  }

  @Test
  void aRaceTellsHowManyGaveWay() {
    assertThat(Setbacks.of(row(Map.of(Quantity.ABORT_RATE, 0.75, Quantity.ABORTED, 1_234.0))))
        .containsExactly("aborted: 75.0 % of all transactions (1,234) gave way to another");
    assertThat(Setbacks.of(row(Map.of(Quantity.ABORT_RATE, 0.0))))
        .containsExactly("aborted: 0.0 % of all transactions gave way to another");
  }

  @Test
  void aRowWithoutSetbacksHasNoLine() {
    assertThat(Setbacks.of(row(Map.of()))).isEmpty();
  }

  @Test
  void theLinesAreAmongTheRemarksOfTheRow() {
    ResultRecord row = row(Map.of(Quantity.SESSIONS_LOST, 1.0));
    assertThat(Remarks.of(row)).containsAll(Setbacks.of(row));
  }
}
