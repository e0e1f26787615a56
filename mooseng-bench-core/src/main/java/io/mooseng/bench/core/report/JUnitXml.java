package io.mooseng.bench.core.report;

import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.gate.BudgetCheck;
import io.mooseng.bench.core.gate.GateReport;
import io.mooseng.bench.core.result.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * A gate as JUnit XML, in the dialect that Jenkins, GitLab and GitHub's actions read: a test case
 * for each row and metric and for each limit; what is inconclusive is skipped.
 */
public final class JUnitXml {

  private JUnitXml() {}

  private record Case(String type, RowKey key, String name, String tag, String message) {}

  /** The whole document. */
  public static String render(GateReport report) {
    List<Case> cases = new ArrayList<>();
    report.comparison().rows().forEach(row -> cases.add(of(report, row)));
    report.checks().forEach(check -> cases.add(of(check)));
    StringBuilder xml = new StringBuilder("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    xml.append("<testsuite name=\"mooseng-bench gate\" tests=\"").append(cases.size());
    xml.append("\" failures=\"").append(count(cases, one -> "failure".equals(one.tag())));
    xml.append("\" errors=\"0\" skipped=\"");
    xml.append(count(cases, one -> "skipped".equals(one.tag()))).append("\">\n");
    cases.forEach(one -> append(xml, one));
    return xml.append("</testsuite>\n").toString();
  }

  private static long count(List<Case> cases, Predicate<Case> which) {
    return cases.stream().filter(which).count();
  }

  private static Case of(GateReport report, ComparedRow row) {
    String name = row.name() + (row.metric() == null ? "" : " " + row.metric());
    return switch (report.outcome(row)) {
      case PASS -> new Case("regression", row.key(), name, null, null);
      case FAIL ->
          new Case("regression", row.key(), name, "failure", GateText.problem(report, row));
      case NOT_CONFIRMED ->
          new Case("regression", row.key(), name, "skipped", GateText.problem(report, row));
      case INCONCLUSIVE ->
          new Case(
              "regression",
              row.key(),
              name,
              "skipped",
              "inconclusive: " + String.join("; ", ComparisonText.remarks(row)));
    };
  }

  private static Case of(BudgetCheck check) {
    String name = check.row() + " " + check.metric() + " " + check.limit();
    if (check.kept() == null) {
      return new Case("budget", check.key(), name, "skipped", "too few samples");
    }
    return check.kept()
        ? new Case("budget", check.key(), name, null, null)
        : new Case("budget", check.key(), name, "failure", GateText.breach(check));
  }

  private static void append(StringBuilder xml, Case one) {
    String benchmark = one.key().benchmark();
    xml.append("  <testcase classname=\"")
        .append(escape(one.type() + "." + benchmark.substring(0, benchmark.indexOf('.'))))
        .append("\" name=\"")
        .append(escape(one.name()));
    if (one.tag() == null) {
      xml.append("\"/>\n");
      return;
    }
    xml.append("\">\n    <").append(one.tag()).append(" message=\"");
    xml.append(escape(one.message())).append("\"/>\n  </testcase>\n");
  }

  /** For an attribute; control characters, which XML 1.0 cannot hold, were replaced. */
  private static String escape(String text) {
    return Style.plain(text)
        .replaceAll("[\\ud800-\\udfff\\ufffe\\uffff]", "?")
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
