package io.mooseng.bench.core.report;

import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.gate.BudgetCheck;
import io.mooseng.bench.core.gate.Confirmation;
import io.mooseng.bench.core.gate.GateReport;
import io.mooseng.bench.core.gate.GateReport.Outcome;
import io.mooseng.bench.core.gate.GateReport.RowOutcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The words in which a gate tells what it found; plain ASCII. */
public final class GateText {

  private GateText() {}

  /** The comparison, then everything that is not well, then the outcome. */
  public static String terminal(GateReport report) {
    List<String> lines = new ArrayList<>();
    problems(report).forEach(problem -> lines.add(Style.plain(problem)));
    lines.add(headline(report));
    return new ComparisonTable(false).render(report.comparison())
        + "\n"
        + String.join("\n", lines)
        + "\n";
  }

  /** For instance {@code Gate: FAIL (1 regression confirmed, 1 limit broken)}. */
  public static String headline(GateReport report) {
    long failed = count(report, RowOutcome.FAIL);
    long unconfirmed = count(report, RowOutcome.NOT_CONFIRMED);
    long inconclusive = count(report, RowOutcome.INCONCLUSIVE);
    long broken = report.checks().stream().filter(BudgetCheck::isBreach).count();
    long unknown = report.checks().stream().filter(check -> check.kept() == null).count();
    List<String> parts = new ArrayList<>();
    add(parts, failed, "row worse or failing");
    add(parts, broken, "limit broken");
    add(parts, unconfirmed, "regression not confirmed");
    add(parts, inconclusive, "row inconclusive");
    add(parts, unknown, "limit without a value");
    return "Gate: "
        + report.outcome().name()
        + (parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")");
  }

  private static void add(List<String> parts, long count, String what) {
    if (count > 0) {
      String plural = what.replaceFirst("^(row|limit|regression)", "$1s");
      parts.add(count + " " + (count == 1 ? what : plural));
    }
  }

  private static long count(GateReport report, RowOutcome outcome) {
    return report.comparison().rows().stream()
        .filter(row -> report.outcome(row) == outcome)
        .count();
  }

  /** What makes the gate fail or leaves it open, one line each; inconclusive rows are not told. */
  static List<String> problems(GateReport report) {
    List<String> problems = new ArrayList<>();
    for (ComparedRow row : report.comparison().rows()) {
      RowOutcome outcome = report.outcome(row);
      if (outcome == RowOutcome.FAIL || outcome == RowOutcome.NOT_CONFIRMED) {
        problems.add(problem(report, row));
      }
    }
    report.checks().stream()
        .filter(BudgetCheck::isBreach)
        .forEach(check -> problems.add("limit broken: " + check.row() + ": " + breach(check)));
    return problems;
  }

  static String problem(GateReport report, ComparedRow row) {
    if (row.failed()) {
      return row.name() + ": " + String.join("; ", row.notes());
    }
    String found =
        "%s: %s %s, p=%s"
            .formatted(
                row.name(),
                row.metric(),
                ComparisonText.change(row.difference()),
                ComparisonText.p(row.difference()));
    return found + report.confirmation(row).map(GateText::again).orElse("");
  }

  private static String again(Confirmation confirmation) {
    return "; measured again: "
        + ComparisonText.change(confirmation.again().difference())
        + (confirmation.isConfirmed() ? ", confirmed" : ", not confirmed");
  }

  static String breach(BudgetCheck check) {
    return "%s is %s, %s (%s)"
        .formatted(
            check.metric(),
            check.value() == null
                ? HumanUnits.NONE
                : ComparisonText.value(check.value(), check.unit()),
            check.limit(),
            check.budget());
  }

  /** Markdown for a pull request: the outcome, what is not well, then the comparison. */
  public static String markdown(GateReport report) {
    StringBuilder text = new StringBuilder();
    text.append("## ").append(ComparisonMarkdown.escape(headline(report))).append("\n\n");
    for (String problem : problems(report)) {
      text.append("- ").append(ComparisonMarkdown.escape(problem)).append('\n');
    }
    if (report.outcome() != Outcome.PASS) {
      text.append('\n');
    }
    return text + ComparisonMarkdown.render(report.comparison());
  }

  /**
   * Workflow commands of GitHub Actions, which show as annotations: errors for what fails, warnings
   * for regressions that were not confirmed.
   */
  public static String annotations(GateReport report) {
    StringBuilder text = new StringBuilder();
    for (ComparedRow row : report.comparison().rows()) {
      RowOutcome outcome = report.outcome(row);
      if (outcome == RowOutcome.FAIL || outcome == RowOutcome.NOT_CONFIRMED) {
        String level = outcome == RowOutcome.FAIL ? "error" : "warning";
        text.append(annotation(level, row.key().benchmark(), problem(report, row)));
      }
    }
    for (BudgetCheck check : report.checks()) {
      if (check.isBreach()) {
        text.append(
            annotation("error", check.key().benchmark(), check.row() + ": " + breach(check)));
      }
    }
    return text.toString();
  }

  /** Escaped as the toolkit of GitHub Actions does (packages/core/src/command.ts). */
  private static String annotation(String level, String title, String message) {
    return String.format(Locale.ROOT, "::%s title=%s::%s%n", level, property(title), data(message))
        .replace("\r\n", "\n");
  }

  private static String data(String text) {
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
  }

  private static String property(String text) {
    return data(text).replace(":", "%3A").replace(",", "%2C");
  }
}
