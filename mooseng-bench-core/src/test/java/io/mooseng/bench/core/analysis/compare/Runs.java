package io.mooseng.bench.core.analysis.compare;

import io.mooseng.bench.core.analysis.ForkHistograms;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.FailureRecord;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.HistogramTag;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RowHeader;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.result.RunHeader;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import io.mooseng.bench.core.result.TargetRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** Runs made of the values their forks are to have. */
public final class Runs {

  public static final Map<String, String> HARD =
      Map.of("cpu.model", "Example CPU", "kernel", "Linux 6.1", "workload.hash", "abc");

  private static final Instant STARTED = Instant.parse("2026-03-01T10:20:30Z");
  private static final int OPERATIONS = 1_000;

  private final Map<HistogramTag, Histogram> histograms = new HashMap<>();
  private final List<ResultRecord> rows = new ArrayList<>();
  private final List<List<ForkMeasurement>> measurements = new ArrayList<>();
  private final String shortId;
  private Map<String, String> hard = HARD;
  private Map<String, String> soft = Map.of("commit", "none");

  private Runs(String shortId) {
    this.shortId = shortId;
  }

  public static Runs run(String shortId) {
    return new Runs(shortId);
  }

  public Runs hard(Map<String, String> fields) {
    hard = fields;
    return this;
  }

  public Runs soft(Map<String, String> fields) {
    soft = fields;
    return this;
  }

  /** A row of JMH's mode thrpt. */
  public Runs throughput(String benchmark, Map<String, String> params, double... perFork) {
    List<ForkMeasurement> forks = new ArrayList<>();
    for (double value : perFork) {
      double span = OPERATIONS * 1e9 / value;
      forks.add(fork(forks.size(), new double[] {span, span, span}, 50_000));
    }
    return add(header(benchmark, "thrpt", params, Fidelity.EMBEDDED, NetworkRecord.none()), forks);
  }

  /** A row of JMH's mode sample, of median latencies in nanoseconds. */
  public Runs latency(String benchmark, Map<String, String> params, double... perFork) {
    return latency(
        header(benchmark, "sample", params, Fidelity.EMBEDDED, NetworkRecord.none()), perFork);
  }

  public Runs latency(RowHeader header, double... perFork) {
    List<ForkMeasurement> forks = new ArrayList<>();
    for (double value : perFork) {
      double span = OPERATIONS * value;
      forks.add(fork(forks.size(), new double[] {span, span, span}, (long) value));
    }
    return add(header, forks);
  }

  /** A row whose forks have these throughputs in their iterations. */
  public Runs iterations(String benchmark, double[]... perFork) {
    List<ForkMeasurement> forks = new ArrayList<>();
    for (double[] values : perFork) {
      double[] spans = new double[values.length];
      for (int i = 0; i < spans.length; i++) {
        spans[i] = OPERATIONS * 1e9 / values[i];
      }
      forks.add(fork(forks.size(), spans, 50_000));
    }
    return add(
        header(benchmark, "thrpt", Map.of(), Fidelity.EMBEDDED, NetworkRecord.none()), forks);
  }

  public Runs failed(String benchmark, Map<String, String> params) {
    rows.add(
        ResultRecord.failed(
            header(benchmark, "thrpt", params, Fidelity.EMBEDDED, NetworkRecord.none()),
            List.of(),
            new FailureRecord(FailureKind.TIMEOUT, "planted")));
    measurements.add(List.of());
    return this;
  }

  public static RowHeader header(
      String benchmark,
      String mode,
      Map<String, String> params,
      Fidelity fidelity,
      NetworkRecord network) {
    return RowHeader.of(
        "io.mooseng.bench.file." + benchmark,
        mode,
        params,
        fidelity,
        null,
        new TargetRecord("embedded", "mooseng-bench 0.1", "127.0.0.1:1"),
        network);
  }

  private Runs add(RowHeader header, List<ForkMeasurement> forks) {
    ResultRecord row = ResultRecord.measured(header, forks);
    rows.add(row);
    measurements.add(forks);
    forks.forEach(
        fork ->
            histograms.put(
                new HistogramTag(row.key(), fork.fork().fork(), HistogramTag.LATENCY),
                fork.latencyNanos()));
    return this;
  }

  private static ForkMeasurement fork(int number, double[] spans, long nanos) {
    Histogram latency = new Histogram(3);
    latency.setAutoResize(true);
    for (int i = 0; i < OPERATIONS; i++) {
      latency.recordValue(nanos + (i % 20 == 0 ? nanos : 0));
    }
    List<IterationRecord> iterations = new ArrayList<>();
    for (double span : spans) {
      iterations.add(
          new IterationRecord(
              iterations.size(),
              OPERATIONS,
              Map.of(),
              0,
              0,
              Math.round(span),
              new LatencySummary(nanos, null, 2 * nanos),
              new TreeMap<>(),
              new TreeMap<>()));
    }
    return ForkMeasurement.of(new ForkRecord(number, null, iterations), latency, Map.of());
  }

  private RunHeader header() {
    return new RunHeader(STARTED, shortId, new TreeMap<>(), Environment.of(hard, soft));
  }

  /** Writes a run directory, and answers where. */
  public Path write(Path out) {
    RunDirectory directory = RunDirectory.create(out, header());
    for (int i = 0; i < rows.size(); i++) {
      directory.add(rows.get(i), measurements.get(i));
    }
    directory.finish(RunStatus.COMPLETE, STARTED.plusSeconds(60));
    return directory.path();
  }

  public RunRecord record() {
    RunRecord run = RunRecord.begun(header());
    for (ResultRecord row : rows) {
      run = run.with(row);
    }
    return run.finished(RunStatus.COMPLETE, STARTED.plusSeconds(60));
  }

  public Comparer.Input input() {
    Map<HistogramTag, Histogram> all = Map.copyOf(histograms);
    ForkHistograms of =
        (row, fork, series) -> Optional.ofNullable(all.get(new HistogramTag(row, fork, series)));
    return new Comparer.Input(record(), of);
  }
}
