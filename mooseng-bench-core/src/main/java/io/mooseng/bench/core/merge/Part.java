package io.mooseng.bench.core.merge;

import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.HistogramIndex;
import io.mooseng.bench.core.result.HistogramTag;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunReader;
import io.mooseng.bench.core.result.RunRecord;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

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
    SortedMap<Integer, Histogram> latency = histograms.byFork(key, HistogramTag.LATENCY);
    Map<String, SortedMap<Integer, Histogram>> series = new HashMap<>();
    for (String name : histograms.series(key)) {
      if (!name.equals(HistogramTag.LATENCY)) {
        series.put(name, histograms.byFork(key, name));
      }
    }
    for (ForkRecord fork : rows.get(key).forks()) {
      Map<String, Histogram> own = new HashMap<>();
      series.forEach(
          (name, byFork) -> {
            if (byFork.containsKey(fork.fork())) {
              own.put(name, byFork.get(fork.fork()));
            }
          });
      Histogram ofFork = latency.get(fork.fork());
      if (ofFork == null) {
        throw new MergeException(
            "run %s has no histogram of fork %d of %s"
                .formatted(run.runId(), fork.fork(), key.benchmark()));
      }
      forks.put(fork.fork(), ForkMeasurement.of(fork, ofFork, own));
    }
    return forks;
  }
}
