package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.history.StoredRun;
import java.util.List;

/** The runs of a history as a page, with links to each. */
public final class HistoryPage {

  private HistoryPage() {}

  /**
   * The whole page.
   *
   * @param runs newest first
   */
  public static String of(List<StoredRun> runs) {
    Page page = new Page("MooseNG Bench: history");
    page.section("trends", "Trends");
    page.html().open("p").element("a", "Where metrics changed", "href", "/trends").close();
    page.end();
    page.section("runs", "Runs");
    Html html = page.html();
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Runs");
    html.open("table", "class", "rows").open("thead").open("tr");
    for (String heading :
        List.of("run", "started", "commit", "conditions", "rows", "failed", "status")) {
      html.element("th", heading, "scope", "col");
    }
    html.close().close().line().open("tbody");
    for (StoredRun run : runs) {
      html.open("tr").open("th", "scope", "row");
      if (run.status().equals("imported")) {
        html.text(run.runId());
      } else {
        html.element("a", run.runId(), "href", "/run/" + run.runId());
      }
      html.close();
      html.element("td", run.startedAt().toString()).element("td", run.commit());
      html.element("td", run.fingerprint()).element("td", Integer.toString(run.rows()));
      html.element("td", Integer.toString(run.failed())).element("td", run.status()).close().line();
    }
    html.close().close().close().line();
    page.end();
    return page.finish();
  }
}
