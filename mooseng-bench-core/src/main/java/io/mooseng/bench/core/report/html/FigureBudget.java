package io.mooseng.bench.core.report.html;

/** How many figures a report may still hold: a file of thousands of drawings opens nowhere. */
final class FigureBudget {

  /** About 7 KB each. */
  static final int FIGURES = 400;

  private int left = FIGURES;
  private int rowsLeftOut;

  boolean allows(int figures) {
    return figures <= left;
  }

  void spend(int figures) {
    left -= figures;
  }

  void leftOut(int rows) {
    rowsLeftOut += rows;
  }

  /** Rows whose latency is not drawn. */
  int rowsLeftOut() {
    return rowsLeftOut;
  }
}
