package io.mooseng.bench.core.history;

import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunReader;
import io.mooseng.bench.core.result.RunRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what can be added: runs of this program, and JMH's own JSON. */
public final class Entries {

  private static final String NONE = "none";
  private static final String HARNESS_COMMIT = "harness.commit";

  private Entries() {}

  /**
   * What a user says of a run that its file does not.
   *
   * @param commit of what was measured; empty for the one in the file
   * @param startedAt of a file that does not say; empty for the time it was last written
   */
  public record Said(Optional<String> commit, Optional<Instant> startedAt) {}

  /**
   * Reads a run.
   *
   * @param path a run directory, its {@code run.json}, or a JSON file that JMH wrote
   * @throws io.mooseng.bench.core.result.RunDirectoryException in one line, for what is none
   * @throws HistoryException in one line, for JMH's files that cannot be read
   */
  public static HistoryEntry read(Path path, Said said) {
    Path file = Files.isDirectory(path) ? path.resolve("run.json") : path;
    if (JmhImport.looksLikeJmh(file)) {
      return JmhImport.read(file, said);
    }
    RunRecord run = RunReader.read(file);
    try {
      return of(run, Files.readAllBytes(file), said);
    } catch (IOException e) {
      throw HistoryException.refused("cannot read " + file + ": " + e.getMessage(), e);
    }
  }

  /** A run of this program as an entry: every value of rows that are ok and have a direction. */
  static HistoryEntry of(RunRecord run, byte[] document, Said said) {
    String fingerprint = Fingerprints.of(run.environment().hard());
    List<HistoryEntry.Value> values = new ArrayList<>();
    int failed = 0;
    for (ResultRecord row : run.results()) {
      if (row.status() == ResultStatus.FAILED) {
        failed++;
      } else {
        row.metrics()
            .forEach(
                (name, metric) -> value(row, name, metric, fingerprint).ifPresent(values::add));
      }
    }
    StoredRun stored =
        new StoredRun(
            run.runId(),
            run.startedAt(),
            run.status().label(),
            said.commit().orElse(run.environment().soft().getOrDefault(HARNESS_COMMIT, NONE)),
            fingerprint,
            run.results().size(),
            failed);
    return new HistoryEntry(stored, values, document);
  }

  private static Optional<HistoryEntry.Value> value(
      ResultRecord row, String name, Metric metric, String fingerprint) {
    if (metric.value() == null || metric.direction() == Direction.NONE) {
      return Optional.empty();
    }
    SeriesKey series =
        new SeriesKey(
            row.benchmark(),
            row.jmhMode() == null ? "" : row.jmhMode(),
            RowKey.paramsText(row.params()),
            row.network().label(),
            row.fidelity().label(),
            name,
            metric.unit(),
            metric.direction(),
            fingerprint);
    return Optional.of(
        new HistoryEntry.Value(
            series,
            metric.value(),
            metric.ci95() == null ? null : metric.ci95().lo(),
            metric.ci95() == null ? null : metric.ci95().hi(),
            metric.n()));
  }
}
