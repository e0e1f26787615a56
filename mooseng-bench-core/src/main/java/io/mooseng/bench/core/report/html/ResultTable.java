package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.report.HumanUnits;
import io.mooseng.bench.core.report.Remarks;
import io.mooseng.bench.core.result.Interval;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.Plausibility;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The rows of a benchmark as a table that can be searched and, on a phone, pushed sideways. */
final class ResultTable {

  private static final List<String> HEADINGS =
      List.of(
          "parameters",
          "p50",
          "p90",
          "p99",
          "p99.9",
          "max",
          "op/s",
          "95 %",
          "MB/s",
          "errors",
          "forks",
          "fidelity",
          "network");

  /** So many rows are written by one thread in one go. */
  private static final int PART = 250;

  private ResultTable() {}

  static void write(Html html, BenchmarkGroup group) {
    html.open(
        "div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", group.benchmark());
    html.open("table", "class", "rows").open("thead").open("tr");
    for (String heading : HEADINGS) {
      html.element("th", heading, "scope", "col");
    }
    html.close().close().line().open("tbody");
    parts(group.rows()).parallelStream().map(part -> rows(group, part)).forEachOrdered(html::raw);
    html.close().close().close().line();
  }

  private static List<List<ResultRecord>> parts(List<ResultRecord> rows) {
    List<List<ResultRecord>> parts = new ArrayList<>();
    for (int from = 0; from < rows.size(); from += PART) {
      parts.add(rows.subList(from, Math.min(rows.size(), from + PART)));
    }
    return parts;
  }

  private static Html rows(BenchmarkGroup group, List<ResultRecord> rows) {
    Html html = new Html();
    rows.forEach(row -> row(html, group, row));
    return html;
  }

  private static void row(Html html, BenchmarkGroup group, ResultRecord row) {
    String style = style(row);
    if (style.isEmpty()) {
      html.open("tr");
    } else {
      html.open("tr", "class", style);
    }
    String label = group.label(row);
    html.open("th", "scope", "row").text(label.isEmpty() ? "(no parameters)" : label);
    Remarks.of(row).forEach(remark -> html.element("small", remark));
    html.close();
    for (String metric :
        List.of(
            Metrics.LATENCY_P50,
            Metrics.LATENCY_P90,
            Metrics.LATENCY_P99,
            Metrics.LATENCY_P99_9,
            Metrics.LATENCY_MAX)) {
      html.element("td", HumanUnits.nanos(row.valueOrNull(metric)));
    }
    html.element("td", HumanUnits.number(row.valueOrNull(Metrics.THROUGHPUT)));
    html.element("td", interval(row.metrics().get(Metrics.THROUGHPUT)));
    html.element("td", HumanUnits.megabytes(row.valueOrNull(Metrics.BANDWIDTH)));
    html.element("td", HumanUnits.number(row.valueOrNull(Metrics.ERRORS)));
    html.element("td", Integer.toString(row.forks().size()));
    html.element("td", fidelity(row.fidelity()));
    html.element("td", row.network().label());
    html.close().line();
  }

  /** Half the width of the interval, relative to the value: how far forks lie apart. */
  private static String interval(Metric metric) {
    if (metric == null || metric.ci95() == null || metric.value() == null || metric.value() == 0) {
      return HumanUnits.NONE;
    }
    Interval interval = metric.ci95();
    return String.format(
        Locale.ROOT, "± %.1f %%", 100 * (interval.hi() - interval.lo()) / 2 / metric.value());
  }

  /** Simulated is written large, so that no one takes it for a measurement. */
  static String fidelity(Fidelity fidelity) {
    return fidelity == Fidelity.SIMULATED
        ? fidelity.label().toUpperCase(Locale.ROOT)
        : fidelity.label();
  }

  private static String style(ResultRecord row) {
    Plausibility plausibility = row.plausibility();
    boolean impossible =
        plausibility != null && plausibility.verdict() == Plausibility.Verdict.IMPOSSIBLE;
    boolean suspicious =
        plausibility != null && plausibility.verdict() == Plausibility.Verdict.SUSPICIOUS;
    if (row.status() == ResultStatus.FAILED || impossible) {
      return "bad";
    }
    return suspicious || !row.warnings().isEmpty() ? "warn" : "";
  }
}
