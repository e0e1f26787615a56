package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import io.mooseng.bench.core.report.ComparisonText;
import java.util.ArrayList;
import java.util.List;

/** A comparison of two runs as a page: verdicts first, then every row with its interval. */
public final class ComparisonPage {

  private static final int MOST_DRAWN = 200;

  private ComparisonPage() {}

  /** The whole file, to be written in UTF-8. The same comparison gives the same bytes. */
  public static String of(Comparison comparison) {
    Page page = new Page("MooseNG Bench: comparison");
    Html html = page.html();
    page.section("summary", "Summary");
    summary(html, comparison);
    page.end();
    if (!comparison.acrossHosts()) {
      page.section("intervals", "Changes with their intervals");
      intervals(html, comparison);
      page.end();
    }
    page.section("rows", "Rows");
    table(html, comparison);
    only(html, "Only in the base", comparison.onlyBase());
    only(html, "Only in the candidate", comparison.onlyCandidate());
    page.end();
    page.section("reading", "How to read this");
    html.element(
        "p",
        "Each row is one benchmark with its parameters; each of its forks gives one value. The"
            + " change is that of the candidate against the base, as a share; the bar is its 95 %"
            + " interval. A regression is a change for the worse that is larger than what matters"
            + " and that noise alone hardly ever shows; p is adjusted for the number of rows. \"No"
            + " change\" means that a change for the worse of that size would have been seen;"
            + " inconclusive rows need more forks, or a quieter machine.");
    page.end();
    return page.finish();
  }

  private static void summary(Html html, Comparison comparison) {
    html.open("dl", "class", "tiles");
    tile(html, "base", comparison.base());
    tile(html, "candidate", comparison.candidate());
    tile(html, "rows", Integer.toString(comparison.rows().size()));
    if (!comparison.acrossHosts()) {
      tile(html, "found", ComparisonText.counts(comparison));
    }
    html.close().line();
    html.element("p", ComparisonText.method(comparison));
    List<String> bad =
        comparison.rows().stream()
            .filter(ComparisonPage::isBad)
            .map(
                row ->
                    ComparisonText.verdict(row)
                        + " "
                        + row.name()
                        + " "
                        + ComparisonText.change(row.difference()))
            .toList();
    box(html, "bad", "Worse", bad);
    box(html, "warn", "To be known", comparison.warnings());
  }

  private static void tile(Html html, String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close();
  }

  private static void box(Html html, String style, String heading, List<String> lines) {
    if (!lines.isEmpty()) {
      html.open("div", "class", "box " + style).element("h3", heading).open("ul");
      lines.forEach(line -> html.element("li", line));
      html.close().close().line();
    }
  }

  private static boolean isBad(ComparedRow row) {
    return row.failed() || row.verdict() == Verdict.REGRESSION;
  }

  private static void intervals(Html html, Comparison comparison) {
    List<ComparedRow> drawn = new ArrayList<>();
    comparison.rows().stream().filter(row -> row.difference() != null).forEach(drawn::add);
    int left = drawn.size() - MOST_DRAWN;
    html.open("div", "class", "figures");
    for (int from = 0; from < Math.min(drawn.size(), MOST_DRAWN); from += Intervals.MOST_ROWS) {
      int to = Math.min(drawn.size(), from + Intervals.MOST_ROWS);
      List<ComparedRow> rows = drawn.subList(from, to);
      String numbers = "rows " + (from + 1) + " to " + to;
      Intervals figure = new Intervals("Changes, " + numbers, rows);
      Figure.write(
          html,
          "R" + numbers.substring(1),
          figure::write,
          rows.stream().map(row -> row.name() + ": " + row.metric()).toList(),
          "Dashed: what matters, for the worse.");
    }
    html.close().line();
    if (left > 0) {
      html.element("p", left + " more rows are in the table, not drawn.", "class", "note");
    }
  }

  private static void table(Html html, Comparison comparison) {
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Rows");
    html.open("table", "class", "rows").open("thead").open("tr");
    List<String> heads =
        comparison.acrossHosts()
            ? List.of("row", "base", "of its ceiling", "candidate", "of its ceiling", "n", "")
            : List.of("row", "base", "candidate", "change", "p", "n", "verdict");
    heads.forEach(head -> html.element("th", head, "scope", "col"));
    html.close().close().open("tbody").line();
    for (ComparedRow row : comparison.rows()) {
      html.open("tr", "class", isBad(row) ? "bad" : "").open("th", "scope", "row");
      html.text(row.name());
      html.element("small", row.metric() == null ? "" : row.metric());
      ComparisonText.remarks(row).forEach(remark -> html.element("small", remark));
      html.close();
      cells(row, comparison.acrossHosts()).forEach(cell -> html.element("td", cell));
      html.close().line();
    }
    html.close().close().close().line();
  }

  private static List<String> cells(ComparedRow row, boolean across) {
    String base = ComparisonText.side(row, row.base());
    String candidate = ComparisonText.side(row, row.candidate());
    return across
        ? List.of(
            base,
            ComparisonText.ofCeiling(row.base()),
            candidate,
            ComparisonText.ofCeiling(row.candidate()),
            ComparisonText.forks(row),
            "")
        : List.of(
            base,
            candidate,
            ComparisonText.change(row.difference()),
            ComparisonText.p(row.difference()),
            ComparisonText.forks(row),
            ComparisonText.verdict(row));
  }

  private static void only(Html html, String heading, List<String> rows) {
    if (!rows.isEmpty()) {
      html.element("h3", heading).open("ul");
      rows.forEach(row -> html.element("li", row));
      html.close().line();
    }
  }
}
