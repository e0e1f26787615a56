package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.report.HumanUnits;
import io.mooseng.bench.core.result.Ceiling;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RunRecord;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Bandwidth and latency of rows that differ in a size, with what the machine can do at most. */
final class SizeFigures {

  private static final Pattern SIZE = Pattern.compile("\\d+(B|KB|MB|GB|TB)");
  private static final int FEWEST_SIZES = 3;
  private static final double BYTES_PER_MB = 1024.0 * 1024.0;

  private final RunRecord run;
  private final BenchmarkGroup group;

  SizeFigures(RunRecord run, BenchmarkGroup group) {
    this.run = run;
    this.group = group;
  }

  void write(Html html, FigureBudget budget) {
    for (String parameter : sizes()) {
      if (budget.allows(2)) {
        bandwidth(html, budget, parameter);
        latency(html, budget, parameter);
      }
    }
  }

  private List<String> sizes() {
    List<ResultRecord> rows = group.rows();
    return rows.get(0).params().keySet().stream()
        .filter(name -> rows.stream().allMatch(row -> isSize(row.params().get(name))))
        .filter(
            name ->
                rows.stream().map(row -> row.params().get(name)).distinct().count() >= FEWEST_SIZES)
        .toList();
  }

  private static boolean isSize(String value) {
    return value != null && SIZE.matcher(value).matches();
  }

  private void bandwidth(Html html, FigureBudget budget, String parameter) {
    Map<String, List<Plot.Point>> lines = lines(parameter, Metrics.BANDWIDTH, BYTES_PER_MB);
    if (lines.isEmpty()) {
      return;
    }
    budget.spend(1);
    Map<String, Double> ceilings = ceilings();
    List<Double> values = new ArrayList<>(ceilings.values());
    lines.values().forEach(line -> line.forEach(point -> values.add(point.y())));
    Axis y = Axis.logarithmic("MB/s", least(values), greatest(values), HumanUnits::number);
    Plot plot =
        new Plot("Bandwidth by " + parameter + ": " + group.benchmark(), x(parameter, lines), y);
    ceilings.forEach((name, value) -> plot.limit(value, "ceiling " + name));
    draw(html, plot, "Bandwidth by " + parameter, lines);
  }

  private void latency(Html html, FigureBudget budget, String parameter) {
    Map<String, List<Plot.Point>> lines = lines(parameter, Metrics.LATENCY_P50, 1);
    if (lines.isEmpty()) {
      return;
    }
    budget.spend(1);
    List<Double> values = new ArrayList<>();
    lines.values().forEach(line -> line.forEach(point -> values.add(point.y())));
    Axis y = Axis.logarithmicNanos("latency p50", least(values), greatest(values));
    Plot plot =
        new Plot("Latency by " + parameter + ": " + group.benchmark(), x(parameter, lines), y);
    draw(html, plot, "Median latency by " + parameter, lines);
  }

  private static void draw(
      Html html, Plot plot, String title, Map<String, List<Plot.Point>> lines) {
    List<String> legend = new ArrayList<>();
    for (Map.Entry<String, List<Plot.Point>> line : lines.entrySet()) {
      if (legend.size() < Plot.MOST_SERIES) {
        plot.add(new Plot.Series(legend.size(), line.getValue(), true, true, false));
        legend.add(line.getKey());
      }
    }
    int more = lines.size() - legend.size();
    Figure.write(
        html, title, plot::write, legend, more > 0 ? more + " more lines are not drawn." : "");
  }

  private static Axis x(String parameter, Map<String, List<Plot.Point>> lines) {
    TreeSet<Double> sizes = new TreeSet<>();
    lines.values().forEach(line -> line.forEach(point -> sizes.add(point.x())));
    return Axis.sizes(parameter, List.copyOf(sizes));
  }

  /** Lines of at least three sizes, by what else the rows have. */
  private Map<String, List<Plot.Point>> lines(String parameter, String metric, double unit) {
    Map<String, List<Plot.Point>> lines = new LinkedHashMap<>();
    for (ResultRecord row : group.rows()) {
      Double value = row.valueOrNull(metric);
      if (row.status() == ResultStatus.OK && value != null && value > 0) {
        double size = ByteSize.parse(row.params().get(parameter)).bytes();
        if (size > 0) {
          lines
              .computeIfAbsent(group.labelWithout(row, parameter), key -> new ArrayList<>())
              .add(new Plot.Point(size, value / unit));
        }
      }
    }
    lines.values().removeIf(line -> line.size() < FEWEST_SIZES);
    lines.values().forEach(line -> line.sort(Comparator.comparingDouble(Plot.Point::x)));
    return lines;
  }

  /** In MB/s, those that rows of this group were judged against. */
  private Map<String, Double> ceilings() {
    Map<String, Double> ceilings = new LinkedHashMap<>();
    for (ResultRecord row : group.rows()) {
      Optional.ofNullable(row.plausibility())
          .map(verdict -> verdict.ceiling())
          .ifPresent(
              name -> {
                Ceiling ceiling = run.ceilings().get(name);
                if (ceiling != null && ceiling.value() != null && ceiling.unit().equals("B/s")) {
                  ceilings.put(name, ceiling.value() / BYTES_PER_MB);
                }
              });
    }
    return ceilings;
  }

  private static double least(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(1);
  }

  private static double greatest(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(1);
  }
}
