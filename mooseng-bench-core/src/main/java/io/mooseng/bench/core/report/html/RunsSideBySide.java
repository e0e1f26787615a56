package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.report.HumanUnits;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Rows that several runs have, beside each other; no verdict, which is what comparing is for. */
final class RunsSideBySide {

  /** More columns can be read by no one; trends are for that. */
  private static final int MOST_RUNS = 8;

  private final List<RunRecord> runs;

  RunsSideBySide(List<RunRecord> runs) {
    this.runs = runs;
  }

  /** Rows of different fidelity are different rows here. */
  private record Key(RowKey row, Fidelity fidelity) {}

  void write(Html html) {
    overview(html);
    List<String> different = differentFacts();
    if (!different.isEmpty()) {
      html.element(
          "p",
          "These runs were not made under equal conditions, and do not compare: "
              + String.join(", ", different)
              + ".",
          "class",
          "box warn");
    }
    if (runs.size() > MOST_RUNS) {
      html.element("p", "Only the first " + MOST_RUNS + " runs are set side by side.");
    }
    table(html);
  }

  private void overview(Html html) {
    html.open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Runs");
    html.open("table").open("thead").open("tr");
    for (String heading : List.of("", "run", "started", "status", "rows")) {
      html.element("th", heading, "scope", "col");
    }
    html.close().close().open("tbody");
    for (int i = 0; i < runs.size(); i++) {
      RunRecord run = runs.get(i);
      html.open("tr").element("th", Integer.toString(i + 1), "scope", "row");
      html.open("td").element("a", run.runId(), "href", "#run-" + (i + 1)).close();
      html.element("td", run.startedAt().toString());
      html.element("td", run.status().label());
      html.element("td", Integer.toString(run.results().size())).close();
    }
    html.close().close().close().line();
  }

  /** Hard facts of the fingerprint that are not the same in all runs. */
  private List<String> differentFacts() {
    TreeSet<String> names = new TreeSet<>();
    runs.forEach(run -> names.addAll(run.environment().hard().keySet()));
    return names.stream()
        .filter(
            name ->
                runs.stream()
                    .anyMatch(
                        run ->
                            !Objects.equals(
                                run.environment().hard().get(name),
                                runs.get(0).environment().hard().get(name))))
        .toList();
  }

  private void table(Html html) {
    List<RunRecord> shown = runs.subList(0, Math.min(runs.size(), MOST_RUNS));
    Map<Key, Map<Integer, ResultRecord>> rows = new LinkedHashMap<>();
    for (int i = 0; i < shown.size(); i++) {
      for (ResultRecord row : shown.get(i).results()) {
        rows.computeIfAbsent(new Key(row.key(), row.fidelity()), key -> new HashMap<>())
            .put(i, row);
      }
    }
    rows.values().removeIf(found -> found.size() < 2);
    if (rows.isEmpty()) {
      html.element("p", "No row is in more than one of these runs.");
      return;
    }
    html.open(
        "div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", "Side by side");
    html.open("table", "class", "rows")
        .open("thead")
        .open("tr")
        .element("th", "row", "scope", "col");
    for (String what : List.of("p50", "op/s")) {
      for (int i = 0; i < shown.size(); i++) {
        html.element("th", what + ", run " + (i + 1), "scope", "col");
      }
    }
    html.close().close().line().open("tbody");
    rows.forEach((key, found) -> row(html, key, found, shown.size()));
    html.close().close().close().line();
  }

  private static void row(Html html, Key key, Map<Integer, ResultRecord> found, int columns) {
    html.open("tr").element("th", label(key), "scope", "row");
    List<String> medians = new ArrayList<>();
    List<String> rates = new ArrayList<>();
    for (int i = 0; i < columns; i++) {
      ResultRecord row = found.get(i);
      medians.add(row == null ? "" : HumanUnits.nanos(row.valueOrNull(Metrics.LATENCY_P50)));
      rates.add(row == null ? "" : HumanUnits.number(row.valueOrNull(Metrics.THROUGHPUT)));
    }
    medians.forEach(text -> html.element("td", text));
    rates.forEach(text -> html.element("td", text));
    html.close().line();
  }

  private static String label(Key key) {
    RowKey row = key.row();
    return row.benchmark()
        + row.params().entrySet().stream()
            .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining())
        + (row.jmhMode() == null ? "" : " " + row.jmhMode())
        + (row.network().equals("none") ? "" : " " + row.network())
        + " "
        + ResultTable.fidelity(key.fidelity());
  }
}
