package io.mooseng.bench.core.report;

import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * A comparison as GitHub-flavoured Markdown: what asks for action first, rows without a change
 * folded away. Text of the user's is escaped.
 */
public final class ComparisonMarkdown {

  private ComparisonMarkdown() {}

  /** The whole text, lines ended by {@code \n}. */
  public static String render(Comparison comparison) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "### Benchmarks: "
            + (comparison.acrossHosts() ? "across hosts" : ComparisonText.counts(comparison)));
    lines.add("");
    lines.add(
        "`%s` → `%s`; %s."
            .formatted(
                comparison.base(), comparison.candidate(), ComparisonText.method(comparison)));
    comparison.warnings().forEach(warning -> lines.add("- " + escape(warning)));
    lines.add("");
    if (comparison.acrossHosts()) {
      shares(comparison.rows(), lines);
    } else {
      table(select(comparison, row -> !isQuiet(row)), lines);
      fold("without a change", select(comparison, ComparisonMarkdown::isQuiet), lines);
    }
    only("Only in the base", comparison.onlyBase(), lines);
    only("Only in the candidate", comparison.onlyCandidate(), lines);
    return String.join("\n", lines) + "\n";
  }

  private static boolean isQuiet(ComparedRow row) {
    return row.verdict() == Verdict.NO_CHANGE && !row.failed();
  }

  /** In the order of verdicts, which is that of their urgency. */
  private static List<ComparedRow> select(Comparison comparison, Predicate<ComparedRow> which) {
    return comparison.rows().stream()
        .filter(which)
        .sorted((one, other) -> Integer.compare(urgency(one), urgency(other)))
        .toList();
  }

  private static int urgency(ComparedRow row) {
    return row.failed() ? -1 : row.verdict().ordinal();
  }

  private static void table(List<ComparedRow> rows, List<String> lines) {
    if (rows.isEmpty()) {
      return;
    }
    lines.add("| verdict | benchmark | metric | base | candidate | change [95 %] | p | forks |");
    lines.add("|---|---|---|--:|--:|--:|--:|--:|");
    for (ComparedRow row : rows) {
      String verdict = ComparisonText.verdict(row);
      boolean loud = verdict.equals(verdict.toUpperCase(Locale.ROOT));
      lines.add(
          "| %s | %s | %s | %s | %s | %s | %s | %s |"
              .formatted(
                  loud ? "**" + verdict + "**" : verdict,
                  escape(row.name()) + remarks(row),
                  row.metric() == null ? HumanUnits.NONE : escape(row.metric()),
                  side(row, row.base()),
                  side(row, row.candidate()),
                  ComparisonText.change(row.difference()),
                  // A bare < could begin a tag.
                  escape(ComparisonText.p(row.difference())),
                  ComparisonText.forks(row)));
    }
    lines.add("");
  }

  private static void shares(List<ComparedRow> rows, List<String> lines) {
    lines.add("| benchmark | metric | base | of its ceiling | candidate | of its ceiling |");
    lines.add("|---|---|--:|--:|--:|--:|");
    for (ComparedRow row : rows) {
      lines.add(
          "| %s | %s | %s | %s | %s | %s |"
              .formatted(
                  escape(row.name()) + remarks(row),
                  row.metric() == null ? HumanUnits.NONE : escape(row.metric()),
                  side(row, row.base()),
                  ComparisonText.ofCeiling(row.base()),
                  side(row, row.candidate()),
                  ComparisonText.ofCeiling(row.candidate())));
    }
    lines.add("");
  }

  private static String side(ComparedRow row, ComparedRow.Side side) {
    return ComparisonText.side(row, side).replace("+-", "±");
  }

  private static String remarks(ComparedRow row) {
    StringBuilder text = new StringBuilder();
    for (String remark : ComparisonText.remarks(row)) {
      text.append("<br><sub>").append(escape(remark)).append("</sub>");
    }
    return text.toString();
  }

  private static void fold(String what, List<ComparedRow> rows, List<String> lines) {
    if (rows.isEmpty()) {
      return;
    }
    lines.add("<details><summary>" + rows.size() + " " + what + "</summary>");
    lines.add("");
    table(rows, lines);
    lines.add("</details>");
    lines.add("");
  }

  private static void only(String where, List<String> names, List<String> lines) {
    if (!names.isEmpty()) {
      lines.add(where + ":");
      lines.add("");
      names.forEach(name -> lines.add("- " + escape(name)));
      lines.add("");
    }
  }

  /** As text: neither Markdown nor HTML, and no end of a cell. */
  static String escape(String text) {
    return Style.plain(text)
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replaceAll("([\\\\`*_{}\\[\\]|#~!@])", "\\\\$1");
  }
}
