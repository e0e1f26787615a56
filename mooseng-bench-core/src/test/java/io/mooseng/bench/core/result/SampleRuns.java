package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.Quantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** One run with every kind of row in it, the same at every call. */
public final class SampleRuns {

  public static final Instant STARTED = Instant.parse("2026-03-01T10:20:30.250Z");
  public static final Instant FINISHED = Instant.parse("2026-03-01T10:22:00Z");

  /** A row and what it was computed from. */
  public record Entry(ResultRecord result, List<ForkMeasurement> measurements) {}

  private SampleRuns() {}

  public static RunHeader header() {
    Map<String, Object> configuration = new TreeMap<>();
    configuration.put("profile", "standard");
    configuration.put("forks", 2);
    configuration.put("rate", Double.NaN);
    configuration.put("warm-up", 1.5);
    configuration.put("includes", List.of("Read.*", "Stat.*"));
    configuration.put("tls", Map.of("enabled", false));
    Environment environment =
        Environment.of(
            Map.of("cpu.model", "Example CPU", "cpu.cores", "2", "jdk", "17.0.15"),
            Map.of("governor", Environment.NONE, "commit", "abcdef0"));
    return new RunHeader(STARTED, "a1b2c3", Frozen.jsonObject(configuration), environment);
  }

  public static Map<String, Ceiling> ceilings() {
    return Map.of("memcpy", Ceiling.of(9.5e9, "B/s"), "diskRead", Ceiling.of(Double.NaN, "B/s"));
  }

  public static RunRecord run() {
    return run(entries()).withScalability(scalability());
  }

  /** One curve that has a peak, and one that was cut short. */
  public static List<ScalabilityRecord> scalability() {
    return List.of(
        new ScalabilityRecord(
            "ClientsBenchmark.stat",
            "thrpt",
            new TreeMap<>(Map.of("inFlight", "1", "target", "t1")),
            "none",
            Fidelity.EMBEDDED,
            "clients",
            List.of(
                new ScalabilityRecord.Point(1, 1_000),
                new ScalabilityRecord.Point(5, 4_150.5),
                new ScalabilityRecord.Point(25, 10_800),
                new ScalabilityRecord.Point(100, 10_050)),
            new ScalabilityRecord.Fit(
                1_002.5,
                0.0421875,
                0.00046875,
                new ScalabilityRecord.Point(45.25, 11_750),
                0.998,
                0.0125),
            List.of("a fit to 4 points: 6 or more are to be relied on")),
        new ScalabilityRecord(
            "ConcurrencyBenchmark.read",
            null,
            new TreeMap<>(Map.of("channels", "2", "target", "simulated")),
            "wan",
            Fidelity.SIMULATED,
            "inFlight",
            List.of(new ScalabilityRecord.Point(1, 12)),
            null,
            List.of(
                "3 of 4 rows failed and are left out",
                "no fit: it needs 4 values of inFlight, there are 1")));
  }

  /** The same run as if another machine had made it. */
  public static RunRecord runOnAnotherMachine() {
    RunHeader header = header();
    Map<String, String> hard = new TreeMap<>(header.environment().hard());
    hard.put("cpu.model", "Other CPU");
    RunRecord run =
        RunRecord.begun(
            new RunHeader(
                header.startedAt(),
                "ffffff",
                header.configuration(),
                Environment.of(hard, header.environment().soft())));
    for (Entry entry : entries()) {
      run = run.with(entry.result());
    }
    return run.finished(RunStatus.COMPLETE, FINISHED);
  }

  /** A run of many rows of ten benchmarks. */
  public static RunRecord large(int rows) {
    List<ResultRecord> all = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      all.add(
          row(
              "file.Sample" + i % 10 + "Benchmark.run",
              Map.of("index", Integer.toString(i), "size", "64KB", "target", "t1"),
              1_000 + i));
    }
    RunRecord run = RunRecord.begun(header());
    return new RunRecord(
        run.schemaVersion(),
        run.runId(),
        run.startedAt(),
        FINISHED,
        RunStatus.COMPLETE,
        run.configuration(),
        run.environment(),
        run.ceilings(),
        all,
        List.of());
  }

  static RunRecord run(List<Entry> entries) {
    RunRecord run = RunRecord.begun(header()).withCeilings(ceilings());
    for (Entry entry : entries) {
      run = run.with(entry.result());
    }
    return run.finished(RunStatus.COMPLETE, FINISHED);
  }

  public static List<Entry> entries() {
    return List.of(read(), failing(), threw(), fast(), simulated(), bare(), scheduled());
  }

  /** Two forks, everything counted. */
  private static Entry read() {
    List<ForkMeasurement> forks = List.of(fork(0, 1_000_000), fork(1, 1_050_000));
    RowHeader row =
        row("file.ReadBenchmark.read", "sample", Map.of("size", "64KB", "target", "t1"));
    return new Entry(
        ResultRecord.measured(row, forks)
            .withPlausibility(new Plausibility("diskRead", 0.5, Plausibility.Verdict.PLAUSIBLE)),
        forks);
  }

  /** Some operations failed, and a parameter that needs every kind of escape. */
  private static Entry failing() {
    Map<FailureKind, Long> errors = Map.of(FailureKind.TIMEOUT, 2L, FailureKind.NOT_FOUND, 1L);
    Histogram latency = uniform(27, 40_000);
    IterationRecord iteration =
        new IterationRecord(
            0,
            30,
            errors,
            0,
            0,
            3_000_000,
            LatencySummary.of(latency),
            new TreeMap<>(),
            new TreeMap<>());
    ForkMeasurement fork =
        ForkMeasurement.of(new ForkRecord(0, null, List.of(iteration)), latency, Map.of());
    RowHeader row =
        row(
            "meta.StatBenchmark.stat",
            "thrpt",
            Map.of("path", "a, b;\"c\"=\n%7|ü", "target", "t1"));
    return new Entry(ResultRecord.measured(row, List.of(fork)), List.of(fork));
  }

  private static Entry threw() {
    RowHeader row = row("meta.StatBenchmark.statMissing", "thrpt", Map.of("target", "t1"));
    FailureRecord failure =
        new FailureRecord(FailureKind.UNAVAILABLE, "127.0.0.1:1 refused\n   the connection");
    return new Entry(ResultRecord.failed(row, List.of(), failure), List.of());
  }

  private static Entry fast() {
    List<ForkMeasurement> forks = List.of(fork(0, 900), fork(1, 901), fork(2, 899));
    RowHeader row =
        RowHeader.of(
            "io.mooseng.bench.file.ReadBenchmark.read",
            "sample",
            Map.of("size", "1MB", "target", "t2"),
            Fidelity.LIVE,
            null,
            new TargetRecord("t2", "mooseng 1.2", "mooseng://198.51.100.7:9421"),
            NetworkRecord.of(
                "wan",
                "netem",
                Map.of("rttMillis", 80, "lossPercent", 0.1),
                Map.of("rttMillis", 80.25, "lossPercent", Double.NaN),
                List.of("loss is applied to packets", "congestion control is the kernel's"),
                List.of("reorder: not asked for")));
    return new Entry(
        ResultRecord.measured(row, forks)
            .withPlausibility(new Plausibility("rtt", 1.5, Plausibility.Verdict.IMPOSSIBLE)),
        forks);
  }

  private static Entry simulated() {
    List<ForkMeasurement> forks = List.of(fork(0, 2_000_000_000L));
    RowHeader row =
        RowHeader.of(
            "io.mooseng.bench.file.ReadBenchmark.read",
            null,
            Map.of("size", "64KB", "target", "simulated"),
            Fidelity.SIMULATED,
            "no target at 127.0.0.1:1 (connection refused)",
            new TargetRecord("simulated", "model", null),
            NetworkRecord.of("wan", "simulated", Map.of(), Map.of(), List.of(), List.of()));
    return new Entry(
        ResultRecord.measured(row, forks)
            .withPlausibility(new Plausibility("loopback", 1.1, Plausibility.Verdict.SUSPICIOUS)),
        forks);
  }

  /** JMH's score only: nothing was recorded by the harness. */
  private static Entry bare() {
    JmhScores scores = JmhScores.of("ns/op", List.of(0.5, Double.NaN, 0.7));
    ForkMeasurement fork =
        ForkMeasurement.of(new ForkRecord(0, scores, List.of()), new Histogram(3), Map.of());
    RowHeader row = row("harness.OverheadBenchmark.baseline", "avgt", Map.of());
    return new Entry(ResultRecord.measured(row, List.of(fork)), List.of(fork));
  }

  /** A mix on a schedule that could not be kept. */
  private static Entry scheduled() {
    Histogram latency = uniform(1_000, 50_000);
    Map<String, Double> values =
        Map.of(
            Quantity.ASKED_RATE.label(), 2_000.0,
            Quantity.ACHIEVED_RATE.label(), 1_234.5,
            Quantity.DROPPED.label(), 12.0,
            Quantity.FAIRNESS.label(), 0.975);
    IterationRecord iteration =
        new IterationRecord(
            0,
            1_000,
            Map.of(),
            0,
            3_000,
            810_000_000,
            LatencySummary.of(latency),
            new TreeMap<>(),
            new TreeMap<>(values));
    ForkMeasurement fork =
        ForkMeasurement.of(
            new ForkRecord(0, null, List.of(iteration)),
            latency,
            Map.of(
                "response", uniform(1_000, 400_000),
                "schedule.lag", uniform(1_000, 350_000),
                "op.stat", uniform(1_000, 50_000)));
    RowHeader row =
        row("file.MixBenchmark.run", "ss", Map.of("mix", "object-store", "target", "t1"));
    return new Entry(
        ResultRecord.measured(row, List.of(fork))
            .withWarnings(List.of("not sustained: 1,234.5 of 2,000 op/s")),
        List.of(fork));
  }

  /** A row of one fork and one iteration that has noted these values. */
  public static ResultRecord row(Map<String, Double> values) {
    Histogram latency = uniform(1_000, 50_000);
    IterationRecord iteration =
        new IterationRecord(
            0,
            1_000,
            Map.of(),
            0,
            0,
            1_000_000_000,
            LatencySummary.of(latency),
            new TreeMap<>(),
            new TreeMap<>(values));
    ForkMeasurement fork =
        ForkMeasurement.of(new ForkRecord(0, null, List.of(iteration)), latency, Map.of());
    return ResultRecord.measured(
        row("file.SampleBenchmark.run", "thrpt", Map.of("target", "t1")), List.of(fork));
  }

  /** A row at this throughput; failed if there is none. */
  public static ResultRecord row(String name, Map<String, String> params, double throughput) {
    return row(name, params, throughput, Map.of());
  }

  /** As above, with values by the names of their quantities. */
  public static ResultRecord row(
      String name, Map<String, String> params, double throughput, Map<String, Double> values) {
    RowHeader header = row(name, "thrpt", params);
    if (throughput == 0) {
      return ResultRecord.failed(
          header, List.of(), new FailureRecord(FailureKind.UNAVAILABLE, "planted"));
    }
    Histogram latency = uniform(1_000, 50_000);
    IterationRecord iteration =
        new IterationRecord(
            0,
            1_000,
            Map.of(),
            0,
            0,
            Math.round(1e12 / throughput),
            LatencySummary.of(latency),
            new TreeMap<>(),
            new TreeMap<>(values));
    return ResultRecord.measured(
        header,
        List.of(
            ForkMeasurement.of(new ForkRecord(0, null, List.of(iteration)), latency, Map.of())));
  }

  private static RowHeader row(String name, String mode, Map<String, String> params) {
    return RowHeader.of(
        "io.mooseng.bench." + name,
        mode,
        params,
        Fidelity.EMBEDDED,
        null,
        new TargetRecord("t1", "mooseng-bench 0.1", "127.0.0.1:40001"),
        NetworkRecord.none());
  }

  /** Two iterations of 600 operations of 64 KB around {@code nanos}. */
  static ForkMeasurement fork(int index, long nanos) {
    Histogram latency = new Histogram(3);
    latency.setAutoResize(true);
    Histogram firstByte = new Histogram(3);
    firstByte.setAutoResize(true);
    List<IterationRecord> iterations = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Histogram ofIteration = uniform(600, nanos);
      latency.add(ofIteration);
      firstByte.add(uniform(600, nanos / 4));
      iterations.add(
          new IterationRecord(
              i,
              600,
              Map.of(),
              600 * 65_536,
              1_200,
              600 * nanos,
              LatencySummary.of(ofIteration),
              new TreeMap<>(Map.of("first-byte", nanos / 4)),
              new TreeMap<>()));
    }
    latency.setStartTimeStamp(STARTED.toEpochMilli() + 1_000L * index);
    latency.setEndTimeStamp(STARTED.toEpochMilli() + 1_000L * index + 750);
    JmhScores scores = JmhScores.of("us/op", List.of(nanos / 1e3, nanos / 1e3 * 1.25));
    return ForkMeasurement.of(
        new ForkRecord(index, scores, iterations), latency, Map.of("stage.first-byte", firstByte));
  }

  private static Histogram uniform(int count, long nanos) {
    Histogram histogram = new Histogram(3);
    histogram.setAutoResize(true);
    for (int i = 0; i < count; i++) {
      histogram.recordValue(nanos + nanos * i / count);
    }
    return histogram;
  }
}
