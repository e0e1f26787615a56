package io.mooseng.bench.core.report.html;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Histograms above each other over one axis, as SVG. */
final class Strips {

  static final int BINS = 72;

  private static final int WIDTH = 440;
  private static final int LEFT = 30;
  private static final int RIGHT = 20;
  private static final int STRIP = 34;
  private static final int BAR = 28;
  private static final int TOP = 8;
  private static final int BOTTOM = 40;

  private final String title;
  private final Axis axis;
  private final List<long[]> strips = new ArrayList<>();

  Strips(String title, Axis axis) {
    this.title = title;
    this.axis = axis;
  }

  void add(long[] bins) {
    strips.add(bins.clone());
  }

  void write(Html html) {
    int inner = STRIP * strips.size();
    int height = TOP + inner + BOTTOM;
    int width = WIDTH - LEFT - RIGHT;
    html.open("svg", "viewBox", "0 0 " + WIDTH + " " + height, "role", "img", "aria-label", title);
    StringBuilder grid = new StringBuilder();
    for (Tick tick : axis.ticks()) {
      grid.append('M').append(Html.coordinate(LEFT + tick.at() * width));
      grid.append(' ').append(TOP).append('V').append(TOP + inner);
    }
    html.empty("path", "class", "grid", "d", grid.toString());
    for (int i = 0; i < strips.size(); i++) {
      int base = TOP + STRIP * (i + 1);
      html.empty(
          "path", "class", "c" + i % Plot.MOST_SERIES + " bars", "d", bars(strips.get(i), base));
      html.element(
          "text",
          Integer.toString(i + 1),
          "class",
          "number end",
          "x",
          Integer.toString(LEFT - 6),
          "y",
          Integer.toString(base - 6));
    }
    html.empty(
        "path", "class", "axis", "d", "M" + LEFT + " " + (TOP + inner) + "H" + (LEFT + width));
    for (Tick tick : axis.ticks()) {
      html.element(
          "text",
          tick.label(),
          "class",
          "mid",
          "x",
          Html.coordinate(LEFT + tick.at() * width),
          "y",
          Integer.toString(TOP + inner + 15));
    }
    html.element(
        "text",
        axis.label(),
        "class",
        "mid",
        "x",
        Integer.toString(LEFT + width / 2),
        "y",
        Integer.toString(height - 6));
    html.close().line();
  }

  private static String bars(long[] bins, int base) {
    double highest = Math.max(1, Arrays.stream(bins).max().orElse(1));
    double step = (double) (WIDTH - LEFT - RIGHT) / bins.length;
    StringBuilder path = new StringBuilder("M" + LEFT + " " + base);
    long before = 0;
    for (int i = 0; i < bins.length; i++) {
      if (bins[i] != before) {
        path.append('H').append(Html.coordinate(LEFT + i * step));
        path.append('V').append(Html.coordinate(base - BAR * bins[i] / highest));
        before = bins[i];
      }
    }
    return path.append('H').append(WIDTH - RIGHT).append('V').append(base).append('Z').toString();
  }
}
