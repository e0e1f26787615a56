package io.mooseng.bench.core.pairs;

import io.mooseng.bench.core.analysis.ForkHistograms;
import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.HistogramIndex;
import io.mooseng.bench.core.result.HistogramTag;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowKey;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.result.RunHeader;
import io.mooseng.bench.core.result.RunMerger;
import io.mooseng.bench.core.result.RunReader;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.HdrHistogram.Histogram;

/** The runs of one side so far, joined: fork f of a row is that of pair f. Used by one thread. */
final class SideRuns {

  private final String name;
  private final Map<RowKey, List<Fork>> byRow = new LinkedHashMap<>();
  private RunRecord first;
  private RunRecord last;

  private record Fork(ResultRecord row, HistogramIndex histograms) {}

  SideRuns(String name) {
    this.name = name;
  }

  /**
   * Adds a run.
   *
   * @param wanted rows to add; empty: all
   */
  void add(Path runDirectory, Optional<Set<RowKey>> wanted) {
    RunRecord run = RunReader.read(runDirectory);
    HistogramIndex histograms = HistogramIndex.open(runDirectory.resolve("histograms.hlog"));
    first = first == null ? run : first;
    last = run;
    for (ResultRecord row : run.results()) {
      if (wanted.isEmpty() || wanted.get().contains(row.key())) {
        byRow.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(new Fork(row, histograms));
      }
    }
  }

  /** Of the first run. */
  Environment environment() {
    return first.environment();
  }

  Set<RowKey> rows() {
    return byRow.keySet();
  }

  /** The latest of a row's measurements. */
  ResultRecord latest(RowKey key) {
    List<Fork> forks = byRow.get(key);
    return forks.get(forks.size() - 1).row();
  }

  private RunMerger.Merged merged(RowKey key) {
    return RunMerger.merge(
        byRow.get(key).stream()
            .map(fork -> new RunMerger.Part(fork.row(), fork.histograms()))
            .toList());
  }

  /** All runs as one, to be compared. */
  Comparer.Input joined() {
    RunRecord run = RunRecord.begun(header()).withCeilings(first.ceilings());
    Map<HistogramTag, Histogram> histograms = new HashMap<>();
    for (RowKey key : byRow.keySet()) {
      RunMerger.Merged merged = merged(key);
      run = run.with(merged.row());
      for (ForkMeasurement fork : merged.measurements()) {
        histograms.put(
            new HistogramTag(key, fork.fork().fork(), HistogramTag.LATENCY), fork.latencyNanos());
        fork.seriesNanos()
            .forEach(
                (series, histogram) ->
                    histograms.put(new HistogramTag(key, fork.fork().fork(), series), histogram));
      }
    }
    ForkHistograms of =
        (row, fork, series) ->
            Optional.ofNullable(histograms.get(new HistogramTag(row, fork, series)));
    return new Comparer.Input(run.finished(RunStatus.COMPLETE, last.finishedAt()), of);
  }

  /** Writes all runs as one run directory, and answers where. */
  Path write(Path out) {
    RunDirectory directory = RunDirectory.create(out, header());
    directory.ceilings(first.ceilings());
    for (RowKey key : byRow.keySet()) {
      RunMerger.Merged merged = merged(key);
      directory.add(merged.row(), merged.measurements());
    }
    directory.finish(RunStatus.COMPLETE, last.finishedAt());
    return directory.path();
  }

  private RunHeader header() {
    String id = first.runId().substring(first.runId().indexOf('-') + 1);
    return new RunHeader(first.startedAt(), id + name, first.configuration(), first.environment());
  }
}
