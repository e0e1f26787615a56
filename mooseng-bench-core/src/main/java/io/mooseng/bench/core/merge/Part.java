package io.mooseng.bench.core.merge;

import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.HistogramIndex;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunReader;
import io.mooseng.bench.core.result.RunRecord;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The run of one load machine, with its histograms. */
public final class Part {

  private final RunRecord run;
  private final HistogramIndex histograms;
  private final Map<RowKey, ResultRecord> rows = new LinkedHashMap<>();

  private Part(RunRecord run, HistogramIndex histograms) {
    this.run = run;
    this.histograms = histograms;
    run.results().forEach(row -> rows.put(row.key(), row));
  }

  /**
   * Reads a run directory.
   *
   * @throws io.mooseng.bench.core.result.RunDirectoryException with one line naming the file
   */
  public static Part read(Path directory) {
    return new Part(
        RunReader.read(directory), HistogramIndex.open(directory.resolve("histograms.hlog")));
  }

  RunRecord run() {
    return run;
  }

  Map<RowKey, ResultRecord> rows() {
    return rows;
  }

  Optional<ResultRecord> row(RowKey key) {
    return Optional.ofNullable(rows.get(key));
  }

  /** The forks of a row with their histograms, by number. */
  SortedMap<Integer, ForkMeasurement> forks(RowKey key) {
    SortedMap<Integer, ForkMeasurement> forks = new TreeMap<>();
    for (ForkRecord fork : rows.get(key).forks()) {
      ForkMeasurement measurement =
          histograms
              .measurement(key, fork)
              .orElseThrow(
                  () ->
                      new MergeException(
                          "run %s has no histogram of fork %d of %s"
                              .formatted(run.runId(), fork.fork(), key.benchmark())));
      forks.put(fork.fork(), measurement);
    }
    return forks;
  }
}
