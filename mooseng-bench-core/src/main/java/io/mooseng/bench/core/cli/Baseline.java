package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.ForkHistograms;
import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.history.HistoryLocation;
import io.mooseng.bench.core.history.HistoryStore;
import io.mooseng.bench.core.history.StoredRun;
import io.mooseng.bench.core.result.RunReader;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What {@code --baseline} names: a run on disk, or one of a history. One on disk is read at once;
 * which one of a history it is, only the candidate can tell.
 */
final class Baseline {

  static final String OPTION = "--baseline";
  private static final String HISTORY = "history:";

  /** Further back, a run is no baseline but the past. */
  private static final int MOST_RUNS = 200;

  private final String text;
  private final Optional<Comparer.Input> onDisk;

  private Baseline(String text, Optional<Comparer.Input> onDisk) {
    this.text = text;
    this.onDisk = onDisk;
  }

  /**
   * Fails before anything is measured if there is no such run or no such history.
   *
   * @param text a run directory, a {@code run.json} under any name, or {@code history:[WHERE][#ID]}
   */
  static Baseline open(String text) {
    if (!text.startsWith(HISTORY)) {
      return new Baseline(text, Optional.of(RunFiles.read(Path.of(text))));
    }
    Baseline baseline = new Baseline(text, Optional.empty());
    try (HistoryStore store = HistoryStore.open(baseline.location(), HistoryStore.Access.READ)) {
      if (!baseline.id().isEmpty()) {
        store.run(baseline.id());
      }
    }
    return baseline;
  }

  /**
   * Reads the baseline. Of a history without an id it is the latest run, other than the candidate,
   * that came to its end, has no failed row, and was made under the same hard facts.
   *
   * @param notCompared hard facts that may differ
   * @throws ConfigurationException if a history has no such run
   */
  Comparer.Input read(RunRecord candidate, Set<String> notCompared) {
    if (onDisk.isPresent()) {
      return onDisk.get();
    }
    try (HistoryStore store = HistoryStore.open(location(), HistoryStore.Access.READ)) {
      if (!id().isEmpty()) {
        return input(store, store.run(id()));
      }
      Map<String, String> facts = facts(candidate, notCompared);
      for (StoredRun run : store.runs(MOST_RUNS)) {
        boolean usable =
            run.status().equals(RunStatus.COMPLETE.label())
                && run.failed() == 0
                && !run.runId().equals(candidate.runId());
        if (usable && store.document(run.runId()).isPresent()) {
          Comparer.Input input = input(store, run);
          if (facts(input.run(), notCompared).equals(facts)) {
            return input;
          }
        }
      }
    }
    throw new ConfigurationException(
        "%s %s: none of the latest %d runs is complete and was made under the same hard facts as the"
                .formatted(OPTION, text, MOST_RUNS)
            + " candidate (machine, JDK, workload); see history list");
  }

  private static Map<String, String> facts(RunRecord run, Set<String> notCompared) {
    Map<String, String> facts = new TreeMap<>(run.environment().hard());
    facts.keySet().removeAll(notCompared);
    return facts;
  }

  private Comparer.Input input(HistoryStore store, StoredRun run) {
    byte[] document =
        store
            .document(run.runId())
            .orElseThrow(
                () ->
                    new ConfigurationException(
                        "%s %s: the history has the values of run %s, but not its file"
                            .formatted(OPTION, text, run.runId())));
    return new Comparer.Input(RunReader.read(run.runId(), document), ForkHistograms.NONE);
  }

  private HistoryLocation location() {
    String where = text.substring(HISTORY.length()).replaceFirst("#[^#/]*$", "");
    return HistoryLocation.parse(where.isEmpty() ? HistoryOption.DEFAULT : where);
  }

  private String id() {
    int hash = text.lastIndexOf('#');
    return hash < 0 || text.indexOf('/', hash) >= 0 ? "" : text.substring(hash + 1);
  }
}
