package io.mooseng.bench.core.report;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The targets of a run beside each other: what was measured of the same cell, one column a target.
 *
 * <p>A ratio stands only where like is set against like: to the first target of the same fidelity.
 */
final class SideBySide {

  private static final String TARGET = "target";
  private static final String GAP = "  ";

  private final List<String> labels;
  private final List<List<String>> lines = new ArrayList<>();

  private SideBySide(List<String> labels) {
    this.labels = labels;
  }

  /** The block, or nothing if no cell ran against more than one target. */
  static List<String> of(RunRecord run) {
    List<String> labels =
        run.results().stream().map(row -> row.target().label()).distinct().toList();
    Map<String, Map<String, ResultRecord>> cells = new LinkedHashMap<>();
    for (ResultRecord row : run.results()) {
      if (row.params().containsKey(TARGET)) {
        cells.computeIfAbsent(name(row), n -> new LinkedHashMap<>()).put(row.target().label(), row);
      }
    }
    cells.values().removeIf(byTarget -> byTarget.size() < 2);
    if (cells.isEmpty()) {
      return List.of();
    }
    SideBySide table = new SideBySide(labels);
    table.head(run);
    cells.forEach(table::cell);
    return table.render();
  }

  private static String name(ResultRecord row) {
    Map<String, String> params = new TreeMap<>(row.params());
    params.remove(TARGET);
    String mode = row.jmhMode() == null ? "" : " " + row.jmhMode();
    return row.benchmark()
        + params.entrySet().stream()
            .map(param -> " " + param.getKey() + "=" + param.getValue())
            .collect(Collectors.joining())
        + (row.network().profile().equals("none") ? "" : " " + row.network().profile())
        + mode;
  }

  private void head(RunRecord run) {
    List<String> head = new ArrayList<>(List.of("Side by side"));
    List<String> fidelities = new ArrayList<>(List.of(""));
    for (String label : labels) {
      ResultRecord any =
          run.results().stream()
              .filter(row -> row.target().label().equals(label))
              .findFirst()
              .orElseThrow();
      head.add(Style.plain(label));
      fidelities.add(TerminalSummary.label(any.fidelity()));
    }
    lines.add(head);
    if (fidelities.stream().skip(1).anyMatch(f -> !head.contains(f))) {
      lines.add(fidelities);
    }
  }

  private void cell(String name, Map<String, ResultRecord> byTarget) {
    lines.add(List.of(Style.plain(name)));
    line("p50", byTarget, Metrics.LATENCY_P50, HumanUnits::nanos);
    boolean bytes =
        byTarget.values().stream().anyMatch(row -> row.valueOrNull(Metrics.BANDWIDTH) != null);
    if (bytes) {
      line("MB/s", byTarget, Metrics.BANDWIDTH, HumanUnits::megabytes);
    } else {
      line("op/s", byTarget, Metrics.THROUGHPUT, HumanUnits::number);
    }
  }

  private void line(
      String heading,
      Map<String, ResultRecord> byTarget,
      String metric,
      Function<Double, String> text) {
    Map<Fidelity, Double> bases = new TreeMap<>();
    List<String> line = new ArrayList<>(List.of(GAP + heading));
    for (String label : labels) {
      ResultRecord row = byTarget.get(label);
      Double value = row == null ? null : row.valueOrNull(metric);
      if (row != null && row.status() == ResultStatus.FAILED) {
        line.add("FAILED");
      } else if (value == null) {
        line.add(HumanUnits.NONE);
      } else if (bases.putIfAbsent(row.fidelity(), value) == null) {
        line.add(text.apply(value));
      } else {
        line.add(text.apply(value) + ratio(value, bases.get(row.fidelity())));
      }
    }
    lines.add(line);
  }

  private static String ratio(double value, double base) {
    return base > 0 ? String.format(Locale.ROOT, " (%.2fx)", value / base) : "";
  }

  /** Names of cells take the width they need; they do not push the columns apart. */
  private List<String> render() {
    int columns = labels.size() + 1;
    int[] widths = new int[columns];
    for (List<String> line : lines) {
      for (int i = 0; line.size() > 1 && i < columns; i++) {
        widths[i] = Math.max(widths[i], line.get(i).length());
      }
    }
    List<String> text = new ArrayList<>();
    for (List<String> line : lines) {
      StringBuilder padded = new StringBuilder(line.get(0));
      for (int i = 1; i < line.size(); i++) {
        padded.append(" ".repeat(Math.max(0, i == 1 ? widths[0] - line.get(0).length() : 0)));
        padded.append(GAP).append(" ".repeat(widths[i] - line.get(i).length())).append(line.get(i));
      }
      text.add(padded.toString());
    }
    text.add("");
    return text;
  }
}
