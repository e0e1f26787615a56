package io.mooseng.bench.core.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.gate.BudgetCheck;
import io.mooseng.bench.core.gate.GateReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a gate tells a program that was not watching: JSON with a sentence for people ({@code text},
 * which chat services show), and what does not pass.
 */
public final class GateAlert {

  /** Raised with every change of meaning or shape. */
  public static final int SCHEMA_VERSION = 1;

  private static final JsonMapper MAPPER = new JsonMapper();

  private GateAlert() {}

  /** One line; what does not exist is null. */
  public static String render(GateReport report) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schemaVersion", SCHEMA_VERSION);
    root.put("outcome", label(report.outcome()));
    root.put("text", text(report));
    root.put("base", report.comparison().base());
    root.put("candidate", report.comparison().candidate());
    List<Object> rows = new ArrayList<>();
    for (ComparedRow row : report.comparison().rows()) {
      if (report.outcome(row) != GateReport.RowOutcome.PASS) {
        rows.add(row(report, row));
      }
    }
    root.put("rows", rows);
    List<Object> limits = new ArrayList<>();
    report.checks().stream().filter(BudgetCheck::isBreach).forEach(one -> limits.add(limit(one)));
    root.put("limits", limits);
    try {
      return MAPPER.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of numbers and text are JSON", e);
    }
  }

  private static String text(GateReport report) {
    return "%s: run %s against %s"
        .formatted(
            GateText.headline(report), report.comparison().candidate(), report.comparison().base());
  }

  private static Map<String, Object> row(GateReport report, ComparedRow row) {
    ComparedRow.Difference difference = row.difference();
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", row.name());
    json.put("outcome", label(report.outcome(row)));
    json.put("metric", row.metric());
    json.put("change", difference == null ? null : difference.change());
    json.put("ci95", difference == null ? null : List.of(difference.lo(), difference.hi()));
    json.put("adjustedP", difference == null ? null : difference.adjusted());
    json.put("notes", row.notes());
    return json;
  }

  private static Map<String, Object> limit(BudgetCheck check) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("budget", check.budget());
    json.put("row", check.row());
    json.put("metric", check.metric());
    json.put("value", check.value());
    json.put("unit", check.unit());
    json.put("limit", check.limit());
    return json;
  }

  private static String label(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
