package io.mooseng.bench.core.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.result.Environment;
import io.mooseng.bench.core.result.FailureRecord;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.HistogramIndex;
import io.mooseng.bench.core.result.HistogramTag;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RowHeader;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.result.RunHeader;
import io.mooseng.bench.core.result.RunStatus;
import io.mooseng.bench.core.result.TargetRecord;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMergeTest {

  private static final Instant START = Instant.parse("2026-03-01T10:20:30Z");
  private static final long SECOND = 1_000_000_000L;

  @TempDir Path directory;

  /** What is merged is what one machine would have recorded of all operations. */
  @RepeatedTest(20)
  void histogramsAddUpExactly(RepetitionInfo repetition) {
    Random random = new Random(repetition.getCurrentRepetition());
    int forks = 1 + random.nextInt(3);
    List<Histogram> expected = new ArrayList<>();
    List<List<ForkMeasurement>> machines =
        List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (int fork = 0; fork < forks; fork++) {
      Histogram all = histogram();
      for (List<ForkMeasurement> machine : machines) {
        Histogram own = histogram();
        int operations = 1 + random.nextInt(2_000);
        for (int i = 0; i < operations; i++) {
          long nanos = 1 + (long) Math.exp(random.nextDouble() * 20);
          own.recordValue(nanos);
          all.recordValue(nanos);
        }
        machine.add(fork(fork, own, SECOND));
      }
      expected.add(all);
    }

    RunMerge merge =
        RunMerge.of(
            List.of(
                part("a1", machines.get(0)),
                part("b2", machines.get(1)),
                part("c3", machines.get(2))));
    MergedRow row = merge.rows().get(0);

    RunDirectory merged = RunDirectory.create(directory, merge.header());
    merged.add(row.result(), row.measurements());
    HistogramIndex written = HistogramIndex.open(merged.histograms());
    for (int fork = 0; fork < forks; fork++) {
      assertThat(written.byFork(row.result().key(), HistogramTag.LATENCY).get(fork))
          .isEqualTo(expected.get(fork));
    }
  }

  @Test
  void throughputIsTheSumOfLoadsAtOnce() {
    List<ForkMeasurement> one = List.of(fork(0, uniform(100), SECOND));
    List<ForkMeasurement> other = List.of(fork(0, uniform(300), SECOND));

    ResultRecord row =
        RunMerge.of(List.of(part("a1", one), part("b2", other))).rows().get(0).result();

    assertThat(row.valueOrNull(Metrics.THROUGHPUT)).isEqualTo(400);
    assertThat(row.valueOrNull(Metrics.OPERATIONS)).isEqualTo(400);
    assertThat(row.forks()).hasSize(1);
    assertThat(row.warnings()).isEmpty();
  }

  @Test
  void theOrderOfRunsDoesNotMatter() {
    Part one = part("a1", List.of(fork(0, uniform(100), SECOND)));
    Part other = part("b2", List.of(fork(0, uniform(300), SECOND)));
    assertThat(RunMerge.of(List.of(one, other)).header().runId())
        .isEqualTo(RunMerge.of(List.of(other, one)).header().runId());
    assertThat(RunMerge.of(List.of(one, other)).rows().get(0).result().metrics())
        .isEqualTo(RunMerge.of(List.of(other, one)).rows().get(0).result().metrics());
  }

  @Test
  void missingForksAreLeftOutAndTold() {
    List<ForkMeasurement> two =
        List.of(fork(0, uniform(100), SECOND), fork(1, uniform(100), SECOND));
    List<ForkMeasurement> one = List.of(fork(0, uniform(100), SECOND));

    ResultRecord row =
        RunMerge.of(List.of(part("a1", two), part("b2", one))).rows().get(0).result();

    assertThat(row.forks()).hasSize(1);
    assertThat(row.warnings()).anyMatch(text -> text.startsWith("1 of 2 forks"));
  }

  @Test
  void loadsThatWereNotThereTogetherAreTold() {
    Histogram late = uniform(100);
    late.setStartTimeStamp(START.toEpochMilli() + 800);
    late.setEndTimeStamp(START.toEpochMilli() + 1_800);
    ForkMeasurement second =
        ForkMeasurement.of(fork(0, uniform(100), SECOND).fork(), late, Map.of());

    ResultRecord row =
        RunMerge.of(
                List.of(
                    part("a1", List.of(fork(0, uniform(100), SECOND))),
                    part("b2", List.of(second))))
            .rows()
            .get(0)
            .result();

    assertThat(row.warnings()).anyMatch(text -> text.contains("together for 11 % of the time"));
  }

  @Test
  void aRowThatFailedOnOneMachineHasFailed() {
    RunDirectory run = RunDirectory.create(directory, header("f1", START.toString(), "h"));
    run.add(
        ResultRecord.failed(
            row(), List.of(), new FailureRecord(FailureKind.UNAVAILABLE, "no answer")),
        List.of());
    run.finish(RunStatus.COMPLETE, START.plusSeconds(9));

    ResultRecord row =
        RunMerge.of(
                List.of(part("a1", List.of(fork(0, uniform(100), SECOND))), Part.read(run.path())))
            .rows()
            .get(0)
            .result();

    assertThat(row.status()).isEqualTo(ResultStatus.FAILED);
    assertThat(row.failure().message()).contains("20260301T102030Z-f1", "no answer");
  }

  @Test
  void runsThatAreNotOneAreRefused() {
    List<ForkMeasurement> forks = List.of(fork(0, uniform(100), SECOND));
    Part one = part("a1", forks);
    assertThatThrownBy(() -> RunMerge.of(List.of(one)))
        .isInstanceOf(MergeException.class)
        .hasMessageContaining("two runs");
    assertThatThrownBy(() -> RunMerge.of(List.of(one, one))).hasMessageContaining("given twice");
    assertThatThrownBy(
            () -> RunMerge.of(List.of(one, part("b2", forks, START.toString(), "other"))))
        .hasMessageContaining("workload.hash is h and other");
    assertThatThrownBy(
            () ->
                RunMerge.of(List.of(one, part("c3", forks, START.plusSeconds(1).toString(), "h"))))
        .hasMessageContaining("start-at");
    assertThatThrownBy(
            () -> RunMerge.of(List.of(part("d4", forks, null, "h"), part("e5", forks, null, "h"))))
        .hasMessageContaining("--start-at was not given");
  }

  @Test
  void saysOfWhichRunsItIsAndThatClocksWereNotCompared() {
    List<ForkMeasurement> forks = List.of(fork(0, uniform(100), SECOND));
    RunHeader header = RunMerge.of(List.of(part("a1", forks), part("b2", forks))).header();
    assertThat(header.configuration().get("merged").toString())
        .contains("20260301T102030Z-a1", "20260301T102030Z-b2", "firstOperationAfterStartAtMillis");
    assertThat(header.environment().hard()).containsEntry("load.machines", "2");
  }

  private Part part(String id, List<ForkMeasurement> forks) {
    return part(id, forks, START.toString(), "h");
  }

  private Part part(String id, List<ForkMeasurement> forks, String startAt, String workload) {
    RunDirectory run = RunDirectory.create(directory, header(id, startAt, workload));
    run.add(ResultRecord.measured(row(), forks), forks);
    run.finish(RunStatus.COMPLETE, START.plusSeconds(9));
    return Part.read(run.path());
  }

  private static RunHeader header(String id, String startAt, String workload) {
    Map<String, Object> configuration = new TreeMap<>();
    configuration.put("start-at", startAt);
    return new RunHeader(
        START,
        id,
        new TreeMap<>(configuration),
        Environment.of(Map.of("workload.hash", workload), Map.of()));
  }

  private static RowHeader row() {
    return RowHeader.of(
        "io.mooseng.bench.file.XBenchmark.run",
        "thrpt",
        Map.of("target", "t1"),
        Fidelity.LIVE,
        null,
        new TargetRecord("t1", "test", null),
        NetworkRecord.none());
  }

  /** Absent where there were none: that does not make the sum unknown. */
  @Test
  void retriesAddUpWhereverTheyWere() {
    Map<String, Double> retries = Map.of("retries", 3.0, "retries.unavailable", 3.0);
    ResultRecord row =
        RunMerge.of(
                List.of(
                    part("a1", List.of(fork(0, uniform(100), SECOND, retries))),
                    part("b2", List.of(fork(0, uniform(300), SECOND)))))
            .rows()
            .get(0)
            .result();
    assertThat(row.valueOrNull("retries")).isEqualTo(3);
    assertThat(row.valueOrNull("retries.unavailable")).isEqualTo(3);
  }

  private static ForkMeasurement fork(int number, Histogram latency, long spanNanos) {
    return fork(number, latency, spanNanos, Map.of());
  }

  private static ForkMeasurement fork(
      int number, Histogram latency, long spanNanos, Map<String, Double> values) {
    if (latency.getStartTimeStamp() > latency.getEndTimeStamp()) {
      latency.setStartTimeStamp(START.toEpochMilli());
      latency.setEndTimeStamp(START.toEpochMilli() + 1_000);
    }
    IterationRecord iteration =
        new IterationRecord(
            0,
            latency.getTotalCount(),
            Map.of(),
            0,
            0,
            spanNanos,
            LatencySummary.of(latency),
            new TreeMap<>(),
            new TreeMap<>(values));
    return ForkMeasurement.of(new ForkRecord(number, null, List.of(iteration)), latency, Map.of());
  }

  private static Histogram uniform(int count) {
    Histogram histogram = histogram();
    for (int i = 1; i <= count; i++) {
      histogram.recordValue(1_000L * i);
    }
    return histogram;
  }

  private static Histogram histogram() {
    Histogram histogram = new Histogram(3);
    histogram.setAutoResize(true);
    return histogram;
  }
}
