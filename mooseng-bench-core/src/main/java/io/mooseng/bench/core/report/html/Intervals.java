package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.report.ComparisonText;
import java.util.List;

/** Changes with their intervals below each other, about a line at no change, as SVG. */
final class Intervals {

  static final int MOST_ROWS = 20;

  private static final int WIDTH = 440;
  private static final int LEFT = 30;
  private static final int RIGHT = 28;
  private static final int LINE = 20;
  private static final int TOP = 8;
  private static final int BOTTOM = 40;
  private static final int RADIUS = 4;
  private static final double LEAST_SPAN = 0.05;

  private final String title;
  private final List<ComparedRow> rows;
  private final Axis axis;

  /**
   * @param rows that have a difference
   */
  Intervals(String title, List<ComparedRow> rows) {
    this.title = title;
    this.rows = List.copyOf(rows);
    double least = -LEAST_SPAN;
    double greatest = LEAST_SPAN;
    for (ComparedRow row : rows) {
      least = Math.min(least, row.difference().lo());
      greatest = Math.max(greatest, row.difference().hi());
    }
    this.axis = Axis.linear("change", least, greatest, ComparisonText::signed);
  }

  void write(Html html) {
    int inner = LINE * rows.size();
    int height = TOP + inner + BOTTOM;
    html.open("svg", "viewBox", "0 0 " + WIDTH + " " + height, "role", "img", "aria-label", title);
    StringBuilder grid = new StringBuilder();
    for (Tick tick : axis.ticks()) {
      upright(grid, LEFT + tick.at() * (WIDTH - LEFT - RIGHT), TOP, inner);
    }
    html.empty("path", "class", "grid", "d", grid.toString());
    StringBuilder zero = new StringBuilder();
    upright(zero, x(0), TOP, inner);
    html.empty("path", "class", "axis", "d", zero.toString());
    for (int i = 0; i < rows.size(); i++) {
      row(html, i, TOP + LINE * i);
    }
    for (Tick tick : axis.ticks()) {
      double at = LEFT + tick.at() * (WIDTH - LEFT - RIGHT);
      text(html, tick.label(), "mid", at, TOP + inner + 15);
    }
    text(html, axis.label(), "mid", (LEFT + WIDTH - RIGHT) / 2.0, height - 6);
    html.close().line();
  }

  private void row(Html html, int number, int top) {
    ComparedRow row = rows.get(number);
    ComparedRow.Difference difference = row.difference();
    double matters =
        row.direction() == Direction.LOWER ? difference.threshold() : -difference.threshold();
    StringBuilder limit = new StringBuilder();
    upright(limit, x(matters), top + 1, LINE - 2);
    html.empty("path", "class", "limit", "d", limit.toString());
    int middle = top + LINE / 2;
    String colour = "c" + number % Plot.MOST_SERIES;
    html.empty(
        "path",
        "class",
        colour + " line",
        "d",
        "M"
            + Html.coordinate(x(difference.lo()))
            + " "
            + middle
            + "H"
            + Html.coordinate(x(difference.hi())));
    html.empty(
        "circle",
        "class",
        colour,
        "cx",
        Html.coordinate(x(difference.change())),
        "cy",
        Integer.toString(middle),
        "r",
        Integer.toString(RADIUS));
    text(html, Integer.toString(number + 1), "number end", LEFT - 6.0, middle + 4);
  }

  private static void upright(StringBuilder path, double x, int top, int height) {
    path.append('M').append(Html.coordinate(x)).append(' ').append(top);
    path.append('v').append(height);
  }

  private double x(double share) {
    double at = Math.max(0, Math.min(1, axis.position().applyAsDouble(share)));
    return LEFT + at * (WIDTH - LEFT - RIGHT);
  }

  private static void text(Html html, String text, String style, double x, int y) {
    html.element("text", text, "class", style, "x", Html.coordinate(x), "y", Integer.toString(y));
  }
}
