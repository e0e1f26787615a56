package io.mooseng.bench.core.report;

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

/** A row of one fork and ten operations of 1 us, of which more was measured. */
final class MeasuredRow {

  private MeasuredRow() {}

  static ResultRecord with(Map<Quantity, Double> values) {
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
}
