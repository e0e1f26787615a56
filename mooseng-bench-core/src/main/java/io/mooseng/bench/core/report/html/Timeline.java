package io.mooseng.bench.core.report.html;

import java.util.ArrayList;
import java.util.List;

/** Spans of time from 0 on, below each other over one axis, as SVG. */
final class Timeline {

  private static final int WIDTH = 440;
  private static final int LEFT = 30;
  private static final int RIGHT = 20;
  private static final int LINE = 34;
  private static final int TOP = 8;
  private static final int BOTTOM = 40;
  private static final int WIDE = 12;
  private static final int NARROW = 5;

  private final String title;
  private final Axis axis;
  private final List<Line> lines = new ArrayList<>();

  /** An instant with a letter. */
  record Mark(double at, String letter) {}

  /** Two spans that begin at 0, in the unit of the axis. */
  record Line(double wide, double narrow, List<Mark> marks) {
    Line {
      marks = List.copyOf(marks);
    }
  }

  Timeline(String title, Axis axis) {
    this.title = title;
    this.axis = axis;
  }

  void add(Line line) {
    lines.add(line);
  }

  void write(Html html) {
    int inner = LINE * lines.size();
    int height = TOP + inner + BOTTOM;
    html.open("svg", "viewBox", "0 0 " + WIDTH + " " + height, "role", "img", "aria-label", title);
    StringBuilder grid = new StringBuilder();
    for (Tick tick : axis.ticks()) {
      grid.append('M').append(x(tick.at())).append(' ').append(TOP).append('V').append(TOP + inner);
    }
    html.empty("path", "class", "grid", "d", grid.toString());
    for (int i = 0; i < lines.size(); i++) {
      line(html, i, TOP + LINE * i);
    }
    html.empty(
        "path", "class", "axis", "d", "M" + LEFT + " " + (TOP + inner) + "H" + (WIDTH - RIGHT));
    for (Tick tick : axis.ticks()) {
      text(html, tick.label(), "mid", x(tick.at()), TOP + inner + 15);
    }
    text(html, axis.label(), "mid", Integer.toString((LEFT + WIDTH - RIGHT) / 2), height - 6);
    html.close().line();
  }

  private void line(Html html, int number, int top) {
    Line line = lines.get(number);
    String colour = "c" + number % Plot.MOST_SERIES + " bars";
    bar(html, colour, line.wide(), top + 3, WIDE);
    bar(html, colour, line.narrow(), top + 3 + WIDE + 1, NARROW);
    StringBuilder upright = new StringBuilder();
    for (Mark mark : line.marks()) {
      String at = x(axis.position().applyAsDouble(mark.at()));
      upright.append('M').append(at).append(' ').append(top).append('V').append(top + 24);
      text(html, mark.letter(), "mid", at, top + LINE - 1);
    }
    if (!line.marks().isEmpty()) {
      html.empty("path", "class", "axis", "d", upright.toString());
    }
    text(html, Integer.toString(number + 1), "number end", Integer.toString(LEFT - 6), top + 14);
  }

  private void bar(Html html, String colour, double until, int top, int height) {
    html.empty(
        "path",
        "class",
        colour,
        "d",
        "M"
            + LEFT
            + " "
            + top
            + "H"
            + x(axis.position().applyAsDouble(until))
            + "V"
            + (top + height)
            + "H"
            + LEFT
            + "Z");
  }

  private static void text(Html html, String text, String style, String x, int y) {
    html.element("text", text, "class", style, "x", x, "y", Integer.toString(y));
  }

  private static String x(double position) {
    return Html.coordinate(LEFT + position * (WIDTH - LEFT - RIGHT));
  }
}
