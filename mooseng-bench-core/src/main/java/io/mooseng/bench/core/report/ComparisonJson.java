package io.mooseng.bench.core.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.compare.ComparedRow.Difference;
import io.mooseng.bench.core.analysis.compare.ComparedRow.Side;
import io.mooseng.bench.core.analysis.compare.Comparison;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A comparison for programs. The same comparison gives the same bytes; no field is left out, what
 * does not exist is null.
 */
public final class ComparisonJson {

  /** Raised with every change of meaning or shape. */
  public static final int SCHEMA_VERSION = 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER).build();

  private ComparisonJson() {}

  /** The whole text, ended by a line break. */
  public static String render(Comparison comparison) {
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("schemaVersion", SCHEMA_VERSION);
    root.put("base", comparison.base());
    root.put("candidate", comparison.candidate());
    root.put("paired", comparison.paired());
    root.put("acrossHosts", comparison.acrossHosts());
    root.put("adjustment", comparison.adjustment());
    root.put("warnings", comparison.warnings());
    root.put("onlyBase", comparison.onlyBase());
    root.put("onlyCandidate", comparison.onlyCandidate());
    List<Object> rows = new ArrayList<>();
    comparison.rows().forEach(row -> rows.add(row(row)));
    root.put("rows", rows);
    DefaultPrettyPrinter printer =
        new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
    try {
      return MAPPER.writer(printer).writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("maps of numbers and text are JSON", e);
    }
  }

  private static Map<String, Object> row(ComparedRow row) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("name", row.name());
    json.put("benchmark", row.key().benchmark());
    json.put("jmhMode", row.key().jmhMode());
    json.put("params", row.key().params());
    json.put("network", row.key().network());
    json.put("fidelity", row.fidelity().label());
    json.put("metric", row.metric());
    json.put("unit", row.unit());
    json.put("direction", row.direction().label());
    json.put("base", side(row.base()));
    json.put("candidate", side(row.candidate()));
    Difference difference = row.difference();
    json.put("change", difference == null ? null : difference.change());
    json.put("ci95", difference == null ? null : List.of(difference.lo(), difference.hi()));
    json.put("p", difference == null ? null : difference.p());
    json.put("adjustedP", difference == null ? null : difference.adjusted());
    json.put("permutationP", difference == null ? null : difference.pPermutation());
    json.put("detectable", difference == null ? null : difference.detectable());
    json.put("threshold", difference == null ? null : difference.threshold());
    json.put(
        "verdict", row.failed() ? "failed" : row.verdict() == null ? null : row.verdict().label());
    json.put("notes", row.notes());
    return json;
  }

  private static Map<String, Object> side(Side side) {
    if (side == null) {
      return null;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("value", side.value());
    json.put("halfWidth", side.halfWidth());
    json.put("forks", side.forks());
    json.put("ofCeiling", side.ofCeiling());
    return json;
  }
}
