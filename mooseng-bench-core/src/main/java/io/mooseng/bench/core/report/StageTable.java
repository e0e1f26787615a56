package io.mooseng.bench.core.report;

import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.Percentile;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * Where the time of the operations of each row went: the stages that follow each other, which add
 * up to the whole, then what happened while they lasted.
 */
final class StageTable {

  /** Stages that follow each other, in their order. */
  static final List<String> STEPS =
      List.of(
          "queue",
          "connect",
          "tls",
          "master-rpc",
          "metadata",
          "first-byte",
          "transfer",
          "close",
          "back-off");

  /** Parts of these. */
  static final List<String> PARTS = List.of("verify", "request", "server", "answer");

  private static final String LINE = "    %-12s %8s %10s %10s %10s";
  private static final double PERCENT = 100;

  private StageTable() {}

  /** The block, or nothing if no row has stages. */
  static List<String> of(RunRecord run) {
    List<String> lines = new ArrayList<>();
    for (ResultRecord row : run.results()) {
      if (has(row, STEPS)) {
        row(row, lines);
      }
    }
    if (!lines.isEmpty()) {
      lines.add(0, "Stages: share of the time of all operations, and times of those that have it");
      lines.add("");
    }
    return lines;
  }

  private static boolean has(ResultRecord row, List<String> stages) {
    return stages.stream().anyMatch(stage -> row.metrics().containsKey(metric(stage, "mean")));
  }

  private static String metric(String stage, String statistic) {
    return Metrics.STAGE + stage + "." + statistic;
  }

  private static void row(ResultRecord row, List<String> lines) {
    List<String> name = new ArrayList<>(List.of(row.benchmark()));
    new TreeMap<>(row.params()).forEach((key, value) -> name.add(Row.param(key, value)));
    lines.addAll(Columns.heading(name));
    lines.add(line("", "share", "mean", "p50", "p99"));
    double sum = 0;
    for (String stage : STEPS) {
      sum += stage(row, stage, lines);
    }
    lines.add(
        line(
            "all",
            percent(sum),
            HumanUnits.nanos(row.valueOrNull(Metrics.LATENCY_MEAN)),
            HumanUnits.nanos(row.valueOrNull(Metrics.LATENCY_P50)),
            HumanUnits.nanos(row.valueOrNull(Metrics.LATENCY_P99))));
    if (has(row, PARTS)) {
      lines.add("    while these lasted:");
      PARTS.forEach(stage -> stage(row, stage, lines));
    }
  }

  /** Adds the line of a stage, if the row has it, and returns its share. */
  private static double stage(ResultRecord row, String stage, List<String> lines) {
    Metric mean = row.metrics().get(metric(stage, "mean"));
    Metric whole = row.metrics().get(Metrics.LATENCY_MEAN);
    if (mean == null || mean.value() == null || whole == null || whole.value() == null) {
      return 0;
    }
    double share = mean.value() * mean.n() / (whole.value() * whole.n());
    lines.add(
        line(
            stage,
            percent(share),
            HumanUnits.nanos(mean.value()),
            HumanUnits.nanos(row.valueOrNull(metric(stage, Percentile.P50.label()))),
            HumanUnits.nanos(row.valueOrNull(metric(stage, Percentile.P99.label())))));
    return share;
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", PERCENT * share);
  }

  private static String line(String stage, String share, String mean, String p50, String p99) {
    return String.format(Locale.ROOT, LINE, stage, share, mean, p50, p99).stripTrailing();
  }
}
