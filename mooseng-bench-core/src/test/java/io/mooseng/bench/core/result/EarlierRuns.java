package io.mooseng.bench.core.result;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The run of {@link SampleRuns} as far as earlier versions could hold it. */
final class EarlierRuns {

  private EarlierRuns() {}

  /** Version 2 had no curves. */
  static RunRecord ofVersion2() {
    return SampleRuns.run(silent(SampleRuns.entries()));
  }

  /** The run as version 3 could hold it. */
  static RunRecord ofVersion3() {
    return SampleRuns.run(silent(SampleRuns.entries()))
        .withScalability(SampleRuns.run().scalability());
  }

  /** Rows that do not say what they cannot claim, as before version 4. */
  private static List<SampleRuns.Entry> silent(List<SampleRuns.Entry> entries) {
    return entries.stream()
        .map(
            entry ->
                new SampleRuns.Entry(
                    with(
                        entry.result(), entry.result().metrics(), silent(entry.result().network())),
                    entry.measurements()))
        .toList();
  }

  private static NetworkRecord silent(NetworkRecord network) {
    return NetworkRecord.of(
        network.profile(),
        network.backend(),
        network.requested(),
        network.measured(),
        network.claims(),
        List.of());
  }

  /** The rows that version 1 could hold, without the means of stages, which it did not have. */
  static RunRecord ofVersion1() {
    return SampleRuns.run(
        silent(SampleRuns.entries()).subList(0, SampleRuns.entries().size() - 1).stream()
            .map(
                entry ->
                    new SampleRuns.Entry(withoutStageMeans(entry.result()), entry.measurements()))
            .toList());
  }

  private static ResultRecord withoutStageMeans(ResultRecord row) {
    Map<String, Metric> metrics = new LinkedHashMap<>(row.metrics());
    metrics.keySet().removeIf(name -> name.startsWith("stage.") && name.endsWith(".mean"));
    return with(row, metrics, row.network());
  }

  private static ResultRecord with(
      ResultRecord row, Map<String, Metric> metrics, NetworkRecord network) {
    return new ResultRecord(
        row.benchmark(),
        row.qualifiedName(),
        row.jmhMode(),
        row.params(),
        row.fidelity(),
        row.fallbackReason(),
        row.target(),
        network,
        row.status(),
        row.failure(),
        row.forks(),
        metrics,
        row.plausibility(),
        row.warnings());
  }
}
