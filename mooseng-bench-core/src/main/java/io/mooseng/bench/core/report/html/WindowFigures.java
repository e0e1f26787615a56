package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.report.HumanUnits;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What a connection's flow-control window allows over a distance, window / RTT, and what was
 * reached.
 */
final class WindowFigures {

  private static final double BYTES_PER_MB = 1024.0 * 1024.0;

  private final BenchmarkGroup group;

  WindowFigures(BenchmarkGroup group) {
    this.group = group;
  }

  /** One row over one distance. */
  private record Reached(double rttNanos, double bandwidth, double ceiling) {}

  void write(Html html, FigureBudget budget) {
    List<Reached> rows =
        group.rows().stream()
            .filter(WindowFigures::isTold)
            .map(WindowFigures::reached)
            .sorted(Comparator.comparingDouble(Reached::rttNanos))
            .toList();
    if (rows.isEmpty() || !budget.allows(1)) {
      return;
    }
    budget.spend(1);
    List<Plot.Point> reached = new ArrayList<>();
    List<Plot.Point> allowed = new ArrayList<>();
    for (Reached row : rows) {
      reached.add(new Plot.Point(row.rttNanos(), row.bandwidth()));
      allowed.add(new Plot.Point(row.rttNanos(), row.ceiling()));
    }
    List<Double> values = new ArrayList<>();
    reached.forEach(point -> values.add(point.y()));
    allowed.forEach(point -> values.add(point.y()));
    Plot plot =
        new Plot(
            "Bandwidth by round-trip time: " + group.benchmark(),
            Axis.logarithmicNanos(
                "round-trip time", rows.get(0).rttNanos(), rows.get(rows.size() - 1).rttNanos()),
            Axis.logarithmic("MB/s", least(values), greatest(values), HumanUnits::number));
    plot.add(new Plot.Series(0, reached, false, true, false));
    plot.add(new Plot.Series(1, allowed, false, true, true));
    Figure.write(
        html,
        "Bandwidth by round-trip time",
        plot::write,
        List.of("reached", "ceiling: window / RTT"),
        "Each row is a pair of points above each other. Where the upper one is far off, something"
            + " else than the window is the limit.");
  }

  private static boolean isTold(ResultRecord row) {
    return positive(row, Quantity.WINDOW_CEILING.label())
        && positive(row, Quantity.WINDOW_RTT.label())
        && positive(row, Metrics.BANDWIDTH);
  }

  private static boolean positive(ResultRecord row, String metric) {
    Double value = row.valueOrNull(metric);
    return value != null && value > 0;
  }

  private static Reached reached(ResultRecord row) {
    return new Reached(
        row.valueOrNull(Quantity.WINDOW_RTT.label()),
        row.valueOrNull(Metrics.BANDWIDTH) / BYTES_PER_MB,
        row.valueOrNull(Quantity.WINDOW_CEILING.label()) / BYTES_PER_MB);
  }

  private static double least(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
  }

  private static double greatest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
  }
}
