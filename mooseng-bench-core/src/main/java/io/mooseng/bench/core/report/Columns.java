package io.mooseng.bench.core.report;

import java.util.ArrayList;
import java.util.List;

/** Lays rows out under one heading; parameters wrap, so that 120 columns are enough. */
final class Columns {

  static final List<String> HEADINGS =
      List.of("p50", "p99", "op/s", "MB/s", "errors", "fidelity", "network");

  private static final String PARAMETERS = "parameters";
  private static final int TOTAL_WIDTH = 120;
  private static final int FIRST_TEXT_COLUMN = HEADINGS.indexOf("fidelity");
  private static final String GAP = "  ";
  private static final String HEADING_INDENT = "    ";
  private static final String REMARK_INDENT = "      ";

  private final int paramsWidth;
  private final int[] widths;

  private Columns(int paramsWidth, int[] widths) {
    this.paramsWidth = paramsWidth;
    this.widths = widths;
  }

  /** The narrowest columns in which all rows fit. */
  static Columns fitting(List<Row> rows) {
    int[] widths = new int[HEADINGS.size()];
    int left = TOTAL_WIDTH - GAP.length();
    for (int i = 0; i < widths.length; i++) {
      widths[i] = HEADINGS.get(i).length();
      for (Row row : rows) {
        widths[i] = Math.max(widths[i], row.cells().get(i).length());
      }
      left -= GAP.length() + widths[i];
    }
    int wanted = PARAMETERS.length();
    int longest = PARAMETERS.length();
    for (Row row : rows) {
      wanted = Math.max(wanted, String.join(" ", row.params()).length());
      longest = Math.max(longest, row.params().stream().mapToInt(String::length).max().orElse(0));
    }
    return new Columns(Math.max(longest, Math.min(wanted, left)), widths);
  }

  String header() {
    return line(' ', PARAMETERS, HEADINGS);
  }

  List<String> lines(Row row) {
    List<String> params = wrap(row.params(), paramsWidth);
    List<String> lines = new ArrayList<>();
    lines.add(line(row.mark(), params.get(0), row.cells()));
    params.stream().skip(1).forEach(more -> lines.add(GAP + more));
    row.remarks().forEach(remark -> lines.add(REMARK_INDENT + remark));
    return lines;
  }

  private String line(char mark, String params, List<String> cells) {
    StringBuilder line = new StringBuilder().append(mark).append(' ');
    line.append(params).append(" ".repeat(Math.max(0, paramsWidth - params.length())));
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      String padding = " ".repeat(widths[i] - cell.length());
      line.append(GAP).append(i < FIRST_TEXT_COLUMN ? padding + cell : cell + padding);
    }
    return line.toString().stripTrailing();
  }

  /** Words above or below rows, on as many lines as they need. */
  static List<String> heading(List<String> words) {
    List<String> lines = new ArrayList<>();
    for (String line : wrap(words, TOTAL_WIDTH - HEADING_INDENT.length())) {
      lines.add(lines.isEmpty() ? line : HEADING_INDENT + line);
    }
    return lines;
  }

  private static List<String> wrap(List<String> params, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String param : params) {
      if (line.length() > 0 && line.length() + 1 + param.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() == 0 ? "" : " ").append(param);
    }
    lines.add(line.toString());
    return lines;
  }
}
