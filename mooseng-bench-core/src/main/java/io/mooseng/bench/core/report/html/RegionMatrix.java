package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.report.HumanUnits;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.DoubleStream;

/**
 * The rows of a benchmark between regions as a matrix: what the distances are against where the
 * client stands, or how many regions must have answered. A table, so that it can be read aloud and
 * copied; the shade says what the number says.
 */
final class RegionMatrix {

  private static final String REGIONS = "regions";
  private static final List<String> COLUMNS = List.of("client", "policy");
  private static final int SHADES = 6;

  private final BenchmarkGroup group;
  private final String column;
  private final Set<String> columns = new LinkedHashSet<>();
  private final Map<String, Map<String, Double>> cells = new LinkedHashMap<>();

  private RegionMatrix(BenchmarkGroup group, String column) {
    this.group = group;
    this.column = column;
    for (ResultRecord row : group.rows()) {
      Double p50 = row.valueOrNull(Metrics.LATENCY_P50);
      if (row.status() == ResultStatus.OK && p50 != null && p50 > 0) {
        String at = row.params().get(column);
        columns.add(at);
        cells
            .computeIfAbsent(group.labelWithout(row, column), name -> new LinkedHashMap<>())
            .put(at, p50);
      }
    }
  }

  /** Empty if the benchmark is not one between regions, or there is nothing to set against. */
  static Optional<RegionMatrix> of(BenchmarkGroup group) {
    boolean regional = group.rows().stream().allMatch(row -> row.params().containsKey(REGIONS));
    return COLUMNS.stream()
        .filter(column -> regional && differs(group, column))
        .findFirst()
        .map(column -> new RegionMatrix(group, column))
        .filter(matrix -> matrix.columns.size() > 1);
  }

  private static boolean differs(BenchmarkGroup group, String parameter) {
    List<ResultRecord> rows = group.rows();
    return rows.stream().allMatch(row -> row.params().containsKey(parameter))
        && rows.stream().map(row -> row.params().get(parameter)).distinct().count() > 1;
  }

  void write(Html html) {
    String title = "Median latency by " + column;
    html.element("h4", title);
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", title)
        .open("table", "class", "heat");
    html.open("thead").open("tr").element("th", "", "scope", "col");
    columns.forEach(name -> html.element("th", column + "=" + name, "scope", "col"));
    html.close().close().open("tbody");
    double least = values().min().orElse(1);
    double greatest = values().max().orElse(1);
    cells.forEach(
        (name, line) -> {
          html.open("tr").element("th", name, "scope", "row");
          for (String at : columns) {
            Double value = line.get(at);
            if (value == null) {
              html.element("td", HumanUnits.NONE);
            } else {
              String shade = "h" + shade(value, least, greatest);
              html.element("td", HumanUnits.nanos(value), "class", shade);
            }
          }
          html.close().line();
        });
    html.close().close().close();
    html.element(
        "p", "The stronger the colour, the longer; shades are logarithmic.", "class", "note");
  }

  private DoubleStream values() {
    return cells.values().stream()
        .flatMap(line -> line.values().stream())
        .mapToDouble(Double::doubleValue);
  }

  /** From 0, the least, to {@link #SHADES} - 1. */
  static int shade(double value, double least, double greatest) {
    if (greatest <= least) {
      return 0;
    }
    double share = Math.log(value / least) / Math.log(greatest / least);
    return (int) Math.min(SHADES - 1, Math.floor(share * SHADES));
  }
}
