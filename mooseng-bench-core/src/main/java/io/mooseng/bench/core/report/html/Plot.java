package io.mooseng.bench.core.report.html;

import java.util.ArrayList;
import java.util.List;

/**
 * A drawing with two axes, as SVG that scales with the page. Colours are the style sheet's; series
 * are told apart by their number at the end of the line and by dashes, too.
 */
final class Plot {

  /** How many series one plot may hold and still be read. */
  static final int MOST_SERIES = 8;

  private static final int WIDTH = 440;
  private static final int HEIGHT = 260;
  private static final int LEFT = 62;
  private static final int RIGHT = 20;
  private static final int TOP = 10;
  private static final int BOTTOM = 42;
  private static final int INNER_WIDTH = WIDTH - LEFT - RIGHT;
  private static final int INNER_HEIGHT = HEIGHT - TOP - BOTTOM;

  private final String title;
  private final Axis x;
  private final Axis y;
  private final List<Series> series = new ArrayList<>();
  private final List<Limit> limits = new ArrayList<>();
  private final List<Mark> marks = new ArrayList<>();

  /** A point in the units of the axes. */
  record Point(double x, double y) {}

  /**
   * A line, or points.
   *
   * @param number of the colour, from 0
   * @param joined whether a line joins the points
   * @param dotted whether each point is marked
   * @param secondary whether the line is dashed: another view of the series of the same number
   */
  record Series(int number, List<Point> points, boolean joined, boolean dotted, boolean secondary) {
    Series {
      points = List.copyOf(points);
    }
  }

  private record Limit(double y, String label) {}

  private record Mark(double x, String label) {}

  /**
   * @param title read aloud in place of the drawing
   */
  Plot(String title, Axis x, Axis y) {
    this.title = title;
    this.x = x;
    this.y = y;
  }

  Plot add(Series one) {
    series.add(one);
    return this;
  }

  /** A level that nothing should exceed. */
  Plot limit(double value, String label) {
    limits.add(new Limit(value, label));
    return this;
  }

  /** An upright line at a place on the x axis. */
  Plot mark(double value, String label) {
    marks.add(new Mark(value, label));
    return this;
  }

  void write(Html html) {
    html.open("svg", "viewBox", "0 0 " + WIDTH + " " + HEIGHT, "role", "img", "aria-label", title);
    axes(html);
    limits.forEach(limit -> limit(html, limit));
    marks.forEach(mark -> mark(html, mark));
    series.forEach(one -> series(html, one));
    html.close().line();
  }

  private void axes(Html html) {
    StringBuilder grid = new StringBuilder();
    int bottom = TOP + INNER_HEIGHT;
    for (Tick tick : x.ticks()) {
      grid.append('M').append(Html.coordinate(left(tick.at()))).append(' ').append(TOP);
      grid.append('V').append(bottom);
    }
    for (Tick tick : y.ticks()) {
      grid.append('M').append(LEFT).append(' ').append(Html.coordinate(top(tick.at())));
      grid.append('H').append(LEFT + INNER_WIDTH);
    }
    html.empty("path", "class", "grid", "d", grid.toString());
    html.empty(
        "path",
        "class",
        "axis",
        "d",
        "M" + LEFT + " " + TOP + "V" + bottom + "H" + (LEFT + INNER_WIDTH));
    for (Tick tick : x.ticks()) {
      text(html, "mid", left(tick.at()), bottom + 15, tick.label());
    }
    for (Tick tick : y.ticks()) {
      text(html, "end", LEFT - 5, top(tick.at()) + 4, tick.label());
    }
    text(html, "mid", LEFT + INNER_WIDTH / 2.0, HEIGHT - 8, x.label());
    html.open(
        "text",
        "class",
        "mid",
        "transform",
        "translate(12 " + (TOP + INNER_HEIGHT / 2) + ") rotate(-90)");
    html.text(y.label()).close();
  }

  private void limit(Html html, Limit limit) {
    double at = top(clipped(y.at(limit.y())));
    html.empty(
        "path",
        "class",
        "limit",
        "d",
        "M" + LEFT + " " + Html.coordinate(at) + "H" + (LEFT + INNER_WIDTH));
    text(html, "limit", LEFT + 4, at + (at > TOP + 14 ? -4 : 12), limit.label());
  }

  private void mark(Html html, Mark mark) {
    double at = left(clipped(x.at(mark.x())));
    html.empty(
        "path",
        "class",
        "limit",
        "d",
        "M" + Html.coordinate(at) + " " + TOP + "V" + (TOP + INNER_HEIGHT));
    text(
        html,
        at > WIDTH / 2.0 ? "limit end" : "limit",
        at + (at > WIDTH / 2.0 ? -4 : 4),
        TOP + 11,
        mark.label());
  }

  private void series(Html html, Series one) {
    if (one.points().isEmpty()) {
      return;
    }
    String colour = "c" + one.number() % MOST_SERIES;
    if (one.joined()) {
      html.empty(
          "path",
          "class",
          colour + (one.secondary() ? " line dash" : " line"),
          "d",
          path(one.points()));
    }
    if (one.dotted()) {
      for (Point point : one.points()) {
        html.empty("circle", "class", colour, "r", "3", "cx", px(point), "cy", py(point));
      }
    }
    if (!one.secondary()) {
      Point last = one.points().get(one.points().size() - 1);
      text(
          html,
          "number",
          left(clipped(x.at(last.x()))) + 5,
          top(clipped(y.at(last.y()))) + 4,
          Integer.toString(one.number() + 1));
    }
  }

  private String path(List<Point> points) {
    StringBuilder path = new StringBuilder();
    for (Point point : points) {
      path.append(path.length() == 0 ? 'M' : 'L').append(px(point)).append(' ').append(py(point));
    }
    return path.toString();
  }

  private String px(Point point) {
    return Html.coordinate(left(clipped(x.at(point.x()))));
  }

  private String py(Point point) {
    return Html.coordinate(top(clipped(y.at(point.y()))));
  }

  private static double left(double at) {
    return LEFT + at * INNER_WIDTH;
  }

  private static double top(double at) {
    return TOP + (1 - at) * INNER_HEIGHT;
  }

  private static double clipped(double at) {
    return Math.max(0, Math.min(1, at));
  }

  private static void text(Html html, String style, double x, double y, String text) {
    html.element("text", text, "class", style, "x", Html.coordinate(x), "y", Html.coordinate(y));
  }
}
