package io.mooseng.bench.core.report.html;

import java.util.List;
import java.util.function.Consumer;

/** A drawing with its title, a legend, and a line on how to read it. */
final class Figure {

  private Figure() {}

  /**
   * @param legend one for each series, in the order of their numbers
   * @param note may be empty
   */
  static void write(
      Html html, String title, Consumer<Html> drawing, List<String> legend, String note) {
    html.open("figure").element("figcaption", title);
    drawing.accept(html);
    html.open("ol", "class", "legend");
    for (int i = 0; i < legend.size(); i++) {
      html.element("li", legend.get(i), "class", "k" + i % Plot.MOST_SERIES);
    }
    html.close();
    if (!note.isEmpty()) {
      html.element("p", note, "class", "note");
    }
    html.close().line();
  }
}
