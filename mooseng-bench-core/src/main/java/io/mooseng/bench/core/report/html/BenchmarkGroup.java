package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The rows of one benchmark.
 *
 * @param common parameters that are the same in all of them, but the target
 * @param differ what besides parameters tells them apart
 */
record BenchmarkGroup(
    String benchmark, Map<String, String> common, List<ResultRecord> rows, Differences differ) {

  private static final String TARGET = "target";

  /** What is not the same in all rows, found once: there may be thousands of them. */
  record Differences(boolean modes, boolean networks, boolean fidelities) {

    static Differences of(List<ResultRecord> rows) {
      return new Differences(
          several(rows, ResultRecord::jmhMode),
          several(rows, row -> row.network().label()),
          several(rows, ResultRecord::fidelity));
    }

    private static boolean several(List<ResultRecord> rows, Function<ResultRecord, Object> fact) {
      Object first = fact.apply(rows.get(0));
      return rows.stream().anyMatch(row -> !Objects.equals(first, fact.apply(row)));
    }
  }

  /** In the order of the run. */
  static List<BenchmarkGroup> of(RunRecord run) {
    Map<String, List<ResultRecord>> byName =
        run.results().stream()
            .collect(
                Collectors.groupingBy(
                    ResultRecord::benchmark, LinkedHashMap::new, Collectors.toList()));
    List<BenchmarkGroup> groups = new ArrayList<>();
    byName.forEach(
        (name, rows) -> {
          Map<String, String> common = new TreeMap<>(rows.get(0).params());
          rows.forEach(row -> common.entrySet().retainAll(row.params().entrySet()));
          common.remove(TARGET);
          groups.add(new BenchmarkGroup(name, common, rows, Differences.of(rows)));
        });
    return groups;
  }

  /** What tells a row from the others of its benchmark, the columns for conditions apart. */
  String label(ResultRecord row) {
    return String.join(" ", words(row, List.of()));
  }

  /** The same for a legend, which has no columns. */
  String fullLabel(ResultRecord row) {
    List<String> words = words(row, List.of());
    if (differ.networks()) {
      words.add(row.network().label());
    }
    if (differ.fidelities()) {
      words.add(row.fidelity().label());
    }
    return String.join(" ", words);
  }

  /** The same without one parameter. */
  String labelWithout(ResultRecord row, String parameter) {
    List<String> words = words(row, List.of(parameter));
    if (differ.networks()) {
      words.add(row.network().label());
    }
    return words.isEmpty() ? benchmark : String.join(" ", words);
  }

  private List<String> words(ResultRecord row, List<String> without) {
    Map<String, String> own = new TreeMap<>(row.params());
    own.keySet().removeAll(common.keySet());
    own.keySet().removeAll(without);
    List<String> words = new ArrayList<>();
    own.forEach((name, value) -> words.add(name + "=" + value));
    if (row.jmhMode() != null && differ.modes()) {
      words.add("mode=" + row.jmhMode());
    }
    return words;
  }
}
