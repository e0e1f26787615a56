package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.result.HistogramIndex;
import io.mooseng.bench.core.result.HistogramTag;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Latency of the rows of a benchmark: by percentile, and how often each time occurred. */
final class LatencyFigures {

  private static final String RESPONSE = "response";

  private final HistogramIndex histograms;
  private final BenchmarkGroup group;

  LatencyFigures(HistogramIndex histograms, BenchmarkGroup group) {
    this.histograms = histograms;
    this.group = group;
  }

  /** One row that can be drawn. */
  private record Drawn(
      ResultRecord row, LatencyCurve.Steps latency, Optional<LatencyCurve.Steps> response) {}

  /** Two figures for each few rows, as long as the budget lasts. */
  void write(Html html, FigureBudget budget) {
    List<ResultRecord> rows = group.rows();
    for (int from = 0; from < rows.size(); from += Plot.MOST_SERIES) {
      List<Drawn> drawn = new ArrayList<>();
      int to = Math.min(rows.size(), from + Plot.MOST_SERIES);
      if (!budget.allows(2)) {
        budget.leftOut(rows.size() - from);
        return;
      }
      rows.subList(from, to).parallelStream()
          .map(this::drawn)
          .flatMap(Optional::stream)
          .forEachOrdered(drawn::add);
      if (!drawn.isEmpty()) {
        budget.spend(2);
        String part = rows.size() > Plot.MOST_SERIES ? ", rows " + (from + 1) + " to " + to : "";
        percentiles(html, drawn, part);
        distribution(html, drawn, part);
      }
    }
  }

  private Optional<Drawn> drawn(ResultRecord row) {
    return histograms
        .merged(row.key(), HistogramTag.LATENCY)
        .filter(latency -> latency.getTotalCount() >= LatencyCurve.FEWEST_SAMPLES)
        .map(
            latency ->
                new Drawn(
                    row,
                    LatencyCurve.Steps.of(latency),
                    histograms.merged(row.key(), RESPONSE).map(LatencyCurve.Steps::of)));
  }

  private void percentiles(Html html, List<Drawn> drawn, String part) {
    List<List<Plot.Point>> curves = new ArrayList<>();
    List<List<Plot.Point>> responses = new ArrayList<>();
    for (Drawn one : drawn) {
      curves.add(LatencyCurve.of(one.latency()));
      responses.add(one.response().map(LatencyCurve::of).orElse(List.of()));
    }
    List<Plot.Point> all = new ArrayList<>();
    curves.forEach(all::addAll);
    responses.forEach(all::addAll);
    String title = "Latency by percentile" + part;
    Plot plot =
        new Plot(
            title + ": " + group.benchmark(),
            Axis.percentiles(all.stream().mapToDouble(Plot.Point::x).max().orElse(1)),
            nanos("latency", all.stream().map(Plot.Point::y).toList()));
    boolean scheduled = false;
    for (int i = 0; i < drawn.size(); i++) {
      plot.add(new Plot.Series(i, curves.get(i), true, false, false));
      plot.add(new Plot.Series(i, responses.get(i), true, false, true));
      scheduled |= !responses.get(i).isEmpty();
    }
    Figure.write(
        html,
        title,
        plot::write,
        labels(drawn),
        scheduled
            ? "Solid: service time. Dashed: from the intended start, which includes waiting behind"
                + " schedule."
            : "");
  }

  private void distribution(Html html, List<Drawn> drawn, String part) {
    List<Double> values = new ArrayList<>();
    for (Drawn one : drawn) {
      values.add((double) Math.max(1, one.latency().least()));
      values.add((double) Math.max(1, one.latency().greatest()));
    }
    Axis axis = nanos("latency", values);
    Strips strips = new Strips("How often each latency occurred" + part, axis);
    drawn.forEach(one -> strips.add(LatencyCurve.bins(one.latency(), axis, Strips.BINS)));
    Figure.write(
        html,
        "How often each latency occurred" + part,
        strips::write,
        labels(drawn),
        "Each strip is scaled to its own highest bar; the axis is logarithmic.");
  }

  private static Axis nanos(String label, List<Double> values) {
    double least = values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
    double greatest = values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
    return Axis.logarithmicNanos(label, Math.max(1, least), Math.max(1, greatest));
  }

  private List<String> labels(List<Drawn> drawn) {
    return drawn.stream().map(one -> group.fullLabel(one.row())).toList();
  }
}
