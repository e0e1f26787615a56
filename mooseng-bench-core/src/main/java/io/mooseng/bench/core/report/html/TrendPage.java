package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.analysis.change.ChangePoints;
import io.mooseng.bench.core.history.SeriesKey;
import io.mooseng.bench.core.history.SeriesPoint;
import io.mooseng.bench.core.history.Trend;
import io.mooseng.bench.core.report.TrendLines;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Series of a history as a page: those that changed first. */
public final class TrendPage {

  private TrendPage() {}

  /** The whole file, to be written in UTF-8. */
  public static String of(List<Trend> trends) {
    Page page = new Page("MooseNG Bench: trends");
    List<Trend> changed = trends.stream().filter(TrendPage::hasChanged).toList();
    List<Trend> level = trends.stream().filter(trend -> !hasChanged(trend)).toList();
    FigureBudget budget = new FigureBudget();
    page.section("changed", "Changed");
    if (changed.isEmpty()) {
      page.html().element("p", "No series has a change.", "class", "good");
    }
    figures(page.html(), changed, budget);
    page.end();
    page.section("level", "Without a change");
    figures(page.html(), level, budget);
    page.end();
    page.section("reading", "How to read this");
    page.html()
        .element(
            "p",
            "Each point is a run, oldest first; bars are 95 % intervals between forks. A line is a"
                + " level; a dashed upright line marks the first run of a new one. Levels were"
                + " found by e-divisive with a permutation test (p at most 0.01, at least five runs"
                + " each, medians at least 3 % apart). Only runs of the same machine, software and"
                + " workload are one series. A suspect is too new to be told from noise.");
    page.end();
    return page.finish();
  }

  private static boolean hasChanged(Trend trend) {
    return !trend.changes().isEmpty() || trend.suspect().isPresent();
  }

  private static void figures(Html html, List<Trend> trends, FigureBudget budget) {
    html.open("div", "class", "figures");
    int left = 0;
    for (Trend trend : trends) {
      if (budget.allows(1)) {
        budget.spend(1);
        figure(html, trend);
      } else {
        left++;
      }
    }
    html.close().line();
    if (left > 0) {
      html.element("p", left + " more series are not drawn.", "class", "note");
    }
  }

  private static void figure(Html html, Trend trend) {
    SeriesKey key = trend.series().key();
    List<SeriesPoint> points = trend.series().points();
    double least = points.stream().mapToDouble(TrendPage::low).min().orElse(0);
    double greatest = points.stream().mapToDouble(TrendPage::high).max().orElse(1);
    String name = TrendLines.name(key);
    Plot plot =
        new Plot(
            name,
            Axis.linear(
                "run", 1, Math.max(2, points.size()), v -> String.format(Locale.ROOT, "%.0f", v)),
            Axis.linear(key.metric(), least, greatest, value -> TrendLines.value(key, value)));
    List<Plot.Point> dots = new ArrayList<>();
    for (int i = 0; i < points.size(); i++) {
      SeriesPoint point = points.get(i);
      dots.add(new Plot.Point(i + 1, point.value()));
      if (point.lo() != null && point.hi() != null) {
        plot.add(bar(i + 1, point));
      }
    }
    plot.add(new Plot.Series(0, dots, false, true, true));
    levels(plot, trend);
    Figure.write(
        html, name, plot::write, List.of(), String.join(". ", TrendLines.describe(trend)) + ".");
  }

  private static double low(SeriesPoint point) {
    return point.lo() == null ? point.value() : Math.min(point.lo(), point.value());
  }

  private static double high(SeriesPoint point) {
    return point.hi() == null ? point.value() : Math.max(point.hi(), point.value());
  }

  private static Plot.Series bar(double x, SeriesPoint point) {
    return new Plot.Series(
        7,
        List.of(new Plot.Point(x, point.lo()), new Plot.Point(x, point.hi())),
        true,
        false,
        true);
  }

  /** The median of each level as a line, and where each begins. */
  private static void levels(Plot plot, Trend trend) {
    List<SeriesPoint> points = trend.series().points();
    List<Integer> ends = new ArrayList<>();
    for (ChangePoints.Change change : trend.changes()) {
      ends.add(change.index());
      plot.mark(
          change.index() + 0.5, String.format(Locale.ROOT, "%+.1f %%", 100 * change.effect()));
    }
    ends.add(points.size());
    int from = 0;
    for (int to : ends) {
      double[] values =
          points.subList(from, to).stream().mapToDouble(SeriesPoint::value).sorted().toArray();
      double median = (values[(values.length - 1) / 2] + values[values.length / 2]) / 2;
      plot.add(
          new Plot.Series(
              1,
              List.of(new Plot.Point(from + 1, median), new Plot.Point(to, median)),
              true,
              false,
              true));
      from = to;
    }
  }
}
