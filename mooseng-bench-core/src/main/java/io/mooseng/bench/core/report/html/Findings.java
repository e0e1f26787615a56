package io.mooseng.bench.core.report.html;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.report.Notes;
import io.mooseng.bench.core.result.Plausibility;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What must be known of a run before any number of it: stands first. */
final class Findings {

  private static final int MOST_NAMED = 50;

  private final RunRecord run;

  Findings(RunRecord run) {
    this.run = run;
  }

  void write(Html html) {
    tiles(html);
    List<String> alarms = new ArrayList<>();
    List<String> warnings = new ArrayList<>();
    alarms(alarms);
    warnings(warnings);
    list(html, "bad", "Wrong", alarms);
    list(html, "warn", "To be known", warnings);
    if (alarms.isEmpty() && warnings.isEmpty()) {
      html.element(
          "p", "Nothing failed, nothing is implausible, no row has a warning.", "class", "good");
    }
  }

  private void tiles(Html html) {
    html.open("dl", "class", "tiles");
    tile(html, "run", run.runId());
    tile(html, "status", run.status().label());
    tile(html, "started", run.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    tile(html, "took", took());
    tile(html, "rows", Integer.toString(run.results().size()));
    tile(html, "failed", Long.toString(failed().size()));
    tile(html, "fidelity", counts(run, row -> ResultTable.fidelity(row.fidelity())));
    tile(html, "network", counts(run, row -> row.network().label()));
    html.close().line();
  }

  private static void tile(Html html, String name, String value) {
    html.open("div").element("dt", name).element("dd", value).close();
  }

  private String took() {
    if (run.finishedAt() == null) {
      return "not finished";
    }
    Duration took = Duration.between(run.startedAt(), run.finishedAt());
    return took.toMinutes() > 0
        ? String.format(Locale.ROOT, "%d min %02d s", took.toMinutes(), took.toSecondsPart())
        : took.toSeconds() + " s";
  }

  private static String counts(RunRecord run, Function<ResultRecord, String> fact) {
    Map<String, Long> counts =
        run.results().stream()
            .collect(Collectors.groupingBy(fact, TreeMap::new, Collectors.counting()));
    return counts.size() == 1
        ? counts.keySet().iterator().next()
        : counts.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", "));
  }

  private List<ResultRecord> failed() {
    return run.results().stream().filter(row -> row.status() == ResultStatus.FAILED).toList();
  }

  private void alarms(List<String> alarms) {
    if (run.status() == RunStatus.INTERRUPTED) {
      alarms.add("The run was interrupted: rows that were planned are missing.");
    }
    named(
        alarms,
        failed().stream()
            .map(
                row ->
                    "FAILED "
                        + name(row)
                        + ": "
                        + row.failure().kind().label()
                        + ": "
                        + row.failure().message())
            .toList(),
        "failed rows");
    named(alarms, judged(Plausibility.Verdict.IMPOSSIBLE), "impossible rows");
  }

  private void warnings(List<String> warnings) {
    if (run.fidelities().size() > 1) {
      warnings.add(
          "Mixed fidelity ("
              + counts(run, row -> ResultTable.fidelity(row.fidelity()))
              + "): rows of different fidelity do not compare.");
    }
    if (run.fidelities().contains(Fidelity.SIMULATED)) {
      warnings.add("SIMULATED rows come from a model in virtual time; nothing was measured.");
    }
    named(warnings, judged(Plausibility.Verdict.SUSPICIOUS), "suspicious rows");
    Map<String, Long> texts =
        run.results().stream()
            .flatMap(row -> row.warnings().stream())
            .collect(
                Collectors.groupingBy(text -> text, LinkedHashMap::new, Collectors.counting()));
    named(
        warnings,
        texts.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + (entry.getValue() > 1 ? " (" + entry.getValue() + " rows)" : ""))
            .toList(),
        "warnings");
    long single = run.results().stream().filter(row -> row.forks().size() == 1).count();
    if (single > 0) {
      warnings.add(
          single + (single == 1 ? " row has" : " rows have") + " one fork: not for comparison.");
    }
    // Of the other notes the table has the marks; these are about networks and fallbacks.
    Notes.of(run).stream()
        .filter(note -> !note.startsWith("*") && !note.startsWith("Interrupted"))
        .map(note -> note.replaceFirst("^- ", "Where - stands: "))
        .forEach(warnings::add);
  }

  private List<String> judged(Plausibility.Verdict verdict) {
    return run.results().stream()
        .filter(row -> row.plausibility() != null && row.plausibility().verdict() == verdict)
        .map(
            row ->
                String.format(
                    Locale.ROOT,
                    "%s %s: %.2f x the ceiling %s",
                    verdict.label().toUpperCase(Locale.ROOT),
                    name(row),
                    row.plausibility().ratio(),
                    row.plausibility().ceiling()))
        .toList();
  }

  private static void named(List<String> into, List<String> all, String what) {
    all.stream().limit(MOST_NAMED).forEach(into::add);
    if (all.size() > MOST_NAMED) {
      into.add("… and " + (all.size() - MOST_NAMED) + " more " + what + ", marked in the tables.");
    }
  }

  private static String name(ResultRecord row) {
    return row.benchmark()
        + row.params().entrySet().stream()
            .map(entry -> " " + entry.getKey() + "=" + entry.getValue())
            .collect(Collectors.joining());
  }

  private static void list(Html html, String style, String heading, List<String> lines) {
    if (lines.isEmpty()) {
      return;
    }
    html.open("div", "class", "box " + style).element("h3", heading).open("ul");
    lines.forEach(line -> html.element("li", line));
    html.close().close().line();
  }
}
