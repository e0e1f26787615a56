package io.mooseng.bench.core.report;

import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.TargetRecord;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The closing words of a run: one line per row, grouped by benchmark (parameters that are the same
 * in all rows of a group stand beside its name), then what must be known to read them, then where
 * the results are.
 *
 * <p>ASCII, the same in every locale, lines ended by {@code \n}; 120 columns unless a single
 * parameter is too long for its column.
 */
public final class TerminalSummary {

  private final Style style;
  private final boolean anatomy;

  /**
   * @param colour whether to mark failed, impossible and simulated rows with ANSI escapes; text
   *     says the same without
   * @param anatomy whether to show where the time of operations went
   */
  public TerminalSummary(boolean colour, boolean anatomy) {
    this.style = new Style(colour);
    this.anatomy = anatomy;
  }

  /** The whole text. */
  public String render(RunRecord run, Path directory) {
    List<String> lines = new ArrayList<>();
    lines.add(headline(run));
    fidelityBanner(run, lines);
    table(run, lines);
    lines.addAll(SideBySide.of(run));
    lines.addAll(ScalabilityLines.of(run));
    if (anatomy) {
      lines.addAll(StageTable.of(run));
    }
    targets(run, lines);
    for (String note : Notes.of(run)) {
      lines.addAll(Columns.heading(List.of(Style.plain(note).split(" "))));
    }
    lines.add("Results: " + Style.plain(directory.toString()));
    return String.join("\n", lines) + "\n";
  }

  private String headline(RunRecord run) {
    long failed = run.results().stream().filter(row -> row.status() == ResultStatus.FAILED).count();
    int rows = run.results().size();
    String text =
        "Run "
            + run.runId()
            + ": "
            + run.status().label()
            + ", "
            + rows
            + (rows == 1 ? " row" : " rows")
            + (failed == 0 ? "" : ", " + failed + " of them FAILED");
    return failed == 0 ? text : style.alarm(text);
  }

  private void fidelityBanner(RunRecord run, List<String> lines) {
    if (run.fidelities().size() > 1) {
      Map<Fidelity, Long> counts =
          run.results().stream()
              .collect(
                  Collectors.groupingBy(
                      ResultRecord::fidelity, TreeMap::new, Collectors.counting()));
      String mix =
          counts.entrySet().stream()
              .map(count -> count.getValue() + " " + label(count.getKey()))
              .collect(Collectors.joining(", "));
      lines.add(
          style.warning("MIXED FIDELITY: " + mix + "; rows of different fidelity do not compare"));
    }
    if (run.fidelities().contains(Fidelity.SIMULATED)) {
      lines.add(
          style.warning("SIMULATED rows come from a model in virtual time; nothing was measured"));
    }
  }

  private void table(RunRecord run, List<String> lines) {
    if (run.results().isEmpty()) {
      lines.add("No rows.");
      return;
    }
    Map<String, List<ResultRecord>> groups =
        run.results().stream()
            .collect(
                Collectors.groupingBy(
                    ResultRecord::benchmark, LinkedHashMap::new, Collectors.toList()));
    List<Group> shown = new ArrayList<>();
    groups.forEach((name, results) -> shown.add(Group.of(name, results, style)));
    Columns columns =
        Columns.fitting(shown.stream().flatMap(group -> group.rows().stream()).toList());
    lines.add("");
    lines.add(columns.header());
    for (Group group : shown) {
      lines.addAll(Columns.heading(group.heading()));
      group.rows().forEach(row -> lines.addAll(columns.lines(row)));
    }
    lines.add("");
  }

  /** Rows carry labels, which no address can be part of; here is what they stand for. */
  private static void targets(RunRecord run, List<String> lines) {
    Map<String, TargetRecord> byLabel = new LinkedHashMap<>();
    run.results().stream()
        .filter(row -> row.fidelity() == Fidelity.LIVE || row.fidelity() == Fidelity.CONTROL)
        .map(ResultRecord::target)
        .filter(target -> target.address() != null)
        .forEach(target -> byLabel.putIfAbsent(target.label(), target));
    byLabel.forEach(
        (label, target) ->
            lines.add(
                Style.plain(label + " is " + target.address() + ": " + target.implementation())));
  }

  /** Simulated is written large, so that no one takes it for a measurement. */
  static String label(Fidelity fidelity) {
    return fidelity == Fidelity.SIMULATED
        ? fidelity.label().toUpperCase(Locale.ROOT)
        : fidelity.label();
  }
}
