package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.result.RunRecord;
import java.util.ArrayList;
import java.util.List;

/**
 * The report of one or several runs: one HTML file that needs no network. The same runs give the
 * same bytes, in every locale.
 */
public final class HtmlReport {

  private final List<ReportedRun> runs;
  private final FigureBudget budget = new FigureBudget();

  private HtmlReport(List<ReportedRun> runs) {
    this.runs = List.copyOf(runs);
  }

  /**
   * The whole file, to be written in UTF-8.
   *
   * @param runs at least one
   */
  public static String of(List<ReportedRun> runs) {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("a report of no run");
    }
    return new HtmlReport(runs).render();
  }

  private String render() {
    Page page = new Page(title());
    Html html = page.html();
    if (runs.size() > 1) {
      page.section("runs", "Runs");
      new RunsSideBySide(runs.stream().map(ReportedRun::run).toList()).write(html);
      page.end();
    }
    for (int i = 0; i < runs.size(); i++) {
      run(page, runs.get(i), i + 1);
    }
    page.section("reading", "How to read this");
    ReadingGuide.write(html);
    page.end();
    return page.finish();
  }

  private String title() {
    return runs.size() == 1
        ? "MooseNG Bench: run " + runs.get(0).run().runId()
        : "MooseNG Bench: " + runs.size() + " runs";
  }

  private void run(Page page, ReportedRun reported, int number) {
    RunRecord run = reported.run();
    Html html = page.html();
    boolean several = runs.size() > 1;
    String of = several ? " of run " + run.runId() : "";
    page.section("run-" + number, several ? "Run " + run.runId() : "Summary");
    new Findings(run).write(html);
    page.end();
    page.section("results-" + number, "Results" + of);
    if (run.results().isEmpty()) {
      html.element("p", "No rows.");
    }
    for (BenchmarkGroup group : BenchmarkGroup.of(run)) {
      group(html, reported, group);
    }
    ScalabilityFigures.write(html, run, budget);
    notes(html, reported);
    page.end();
    page.section("environment-" + number, "Environment" + of);
    EnvironmentTables.write(html, run);
    page.end();
  }

  private void group(Html html, ReportedRun reported, BenchmarkGroup group) {
    html.open("section", "class", "benchmark").element("h3", group.benchmark());
    if (!group.common().isEmpty()) {
      List<String> common = new ArrayList<>();
      group.common().forEach((name, value) -> common.add(name + "=" + value));
      html.element("p", "All rows: " + String.join(" ", common), "class", "note");
    }
    ResultTable.write(html, group);
    RegionMatrix.of(group).ifPresent(matrix -> matrix.write(html));
    html.open("div", "class", "figures");
    new FailoverFigures(group).write(html, budget);
    new WindowFigures(group).write(html, budget);
    reported
        .histograms()
        .ifPresent(histograms -> new LatencyFigures(histograms, group).write(html, budget));
    new SizeFigures(reported.run(), group).write(html, budget);
    html.close().close().line();
  }

  private void notes(Html html, ReportedRun reported) {
    if (reported.histograms().isEmpty()) {
      html.element(
          "p", "Latency is not drawn: histograms.hlog is not beside run.json.", "class", "note");
    }
    if (budget.rowsLeftOut() > 0) {
      html.element(
          "p",
          "A report holds up to "
              + FigureBudget.FIGURES
              + " figures: the latency of "
              + budget.rowsLeftOut()
              + " rows is in the tables, not drawn. A report of fewer benchmarks draws them all.",
          "class",
          "note");
    }
  }
}
