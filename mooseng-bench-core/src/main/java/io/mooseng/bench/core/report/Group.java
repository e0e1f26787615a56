package io.mooseng.bench.core.report;

import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of one benchmark, and what they have in common, which is said once.
 *
 * @param heading the benchmark's name, then each {@code name=value}
 */
record Group(List<String> heading, List<Row> rows) {

  /** Always told row by row: it is what rows are compared by. */
  private static final String TARGET = "target";

  static Group of(String benchmark, List<ResultRecord> results, Style style) {
    Map<String, String> common = new TreeMap<>(results.get(0).params());
    results.forEach(result -> common.entrySet().retainAll(result.params().entrySet()));
    common.remove(TARGET);
    List<String> heading = new ArrayList<>();
    heading.add(benchmark);
    common.forEach((name, value) -> heading.add(Row.param(name, value)));
    return new Group(heading, Row.ofGroup(results, common, style));
  }
}
