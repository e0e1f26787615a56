package io.mooseng.bench.core.report;

import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/**
 * A comparison for the terminal: each row's name, and below it one line of numbers.
 *
 * <p>ASCII, the same in every locale, lines ended by {@code \n}.
 */
public final class ComparisonTable {

  private static final String GAP = "  ";
  private static final String REMARK_INDENT = "      ";
  private static final int LEFT_COLUMNS = 1;

  private final Style style;

  /**
   * @param colour whether to mark regressions and failures with ANSI escapes
   */
  public ComparisonTable(boolean colour) {
    this.style = new Style(colour);
  }

  /** The whole text. */
  public String render(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add("Base       " + comparison.base());
    lines.add("Candidate  " + comparison.candidate());
    lines.add(ComparisonText.method(comparison));
    comparison.warnings().forEach(note -> lines.add("note: " + Style.plain(note)));
    lines.add("");
    rows(comparison, lines);
    lines.add("");
    only("Only in the base", comparison.onlyBase(), lines);
    only("Only in the candidate", comparison.onlyCandidate(), lines);
    if (!comparison.acrossHosts()) {
      lines.add(summary(comparison));
    }
    return String.join("\n", lines) + "\n";
  }

  private String summary(Comparison comparison) {
    String counts = ComparisonText.counts(comparison);
    boolean bad = comparison.failed() + comparison.count(Verdict.REGRESSION) > 0;
    return bad ? style.alarm(counts) : counts;
  }

  private void rows(Comparison comparison, List<String> lines) {
    boolean across = comparison.acrossHosts();
    List<List<String>> table = new ArrayList<>();
    table.add(
        across
            ? List.of("", "base", "of its ceiling", "candidate", "of its ceiling", "n")
            : List.of("", "base", "candidate", "change", "p", "n", "verdict"));
    comparison.rows().parallelStream()
        .map(row -> across ? shares(row) : cells(row))
        .forEachOrdered(table::add);
    int[] widths = widths(table);
    lines.add(line(table.get(0), widths));
    for (int i = 0; i < comparison.rows().size(); i++) {
      ComparedRow row = comparison.rows().get(i);
      String line = line(table.get(i + 1), widths);
      boolean bad = row.failed() || row.verdict() == Verdict.REGRESSION;
      lines.add(Style.plain(row.name()));
      lines.add(bad ? style.alarm(line) : line);
      ComparisonText.remarks(row).forEach(remark -> lines.add(REMARK_INDENT + remark));
    }
  }

  private static List<String> cells(ComparedRow row) {
    return List.of(
        row.metric() == null ? HumanUnits.NONE : Style.plain(row.metric()),
        ComparisonText.side(row, row.base()),
        ComparisonText.side(row, row.candidate()),
        ComparisonText.change(row.difference()),
        ComparisonText.p(row.difference()),
        ComparisonText.forks(row),
        ComparisonText.verdict(row));
  }

  private static List<String> shares(ComparedRow row) {
    return List.of(
        row.metric() == null ? HumanUnits.NONE : Style.plain(row.metric()),
        ComparisonText.side(row, row.base()),
        ComparisonText.ofCeiling(row.base()),
        ComparisonText.side(row, row.candidate()),
        ComparisonText.ofCeiling(row.candidate()),
        ComparisonText.forks(row));
  }

  private static int[] widths(List<List<String>> table) {
    int[] widths = new int[table.get(0).size()];
    for (List<String> row : table) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    return widths;
  }

  /** The first column and the last one, which are words, stand to the left. */
  private static String line(List<String> cells, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < cells.size(); i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      boolean left = i < LEFT_COLUMNS || i == cells.size() - 1;
      line.append(GAP).append(left ? cells.get(i) + padding : padding + cells.get(i));
    }
    return line.toString().stripTrailing();
  }

  private static void only(String where, List<String> names, List<String> lines) {
    if (!names.isEmpty()) {
      lines.add(where + ":");
      names.forEach(name -> lines.add(GAP + Style.plain(name)));
    }
  }
}
