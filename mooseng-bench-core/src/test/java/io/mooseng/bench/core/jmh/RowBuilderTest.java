package io.mooseng.bench.core.jmh;

import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plans;
import io.mooseng.bench.core.plan.Sizes;
import io.mooseng.bench.core.result.FailureRecord;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.TargetRecord;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.ResolvedTarget;
import io.mooseng.bench.core.target.TargetIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.results.BenchmarkResult;

class RowBuilderTest {

  private static final TargetIdentity IDENTITY = new TargetIdentity("MooseNG 9", "127.0.0.1:1");

  private final RowBuilder row =
      new RowBuilder(
          Plans.cell(benchmark("ReadBenchmark.read", OperationKind.READ, "size=1KB"), embedded()));

  private static RecordedInterval interval(int successes, FailureKind... failures) {
    OperationRecorder recorder = new OperationRecorder();
    OperationTrace trace = new OperationTrace();
    trace.roundTrip();
    trace.add(Stage.FIRST_BYTE, 700);
    for (int i = 0; i < successes; i++) {
      recorder.success(i * 1_000L, i * 1_000L + 700, 10, trace);
    }
    for (FailureKind kind : failures) {
      recorder.failure(0, 1_000, kind, "planted " + kind.label());
    }
    return recorder.drain();
  }

  private static ForkOutcome outcome(
      BenchmarkResult jmh, ForkOutcome.Failure failure, RecordedInterval... intervals) {
    return new ForkOutcome(
        Optional.ofNullable(jmh),
        new ForkLog.Content(List.of(intervals), Optional.of(IDENTITY), List.of(), Optional.empty()),
        Optional.ofNullable(failure));
  }

  private static BenchmarkResult jmh() {
    return JmhSamples.fork("org.example.ReadBenchmark.read", 10, 20);
  }

  @Test
  void aForkThatWarnsEveryTimeIsCutShort() {
    List<String> said = new ArrayList<>(List.of("late", "late"));
    for (int i = 0; i < 30; i++) {
      said.add("late by " + i + " ms");
    }
    row.add(
        new ForkOutcome(
            Optional.of(jmh()),
            new ForkLog.Content(
                List.of(interval(20)), Optional.of(IDENTITY), said, Optional.empty()),
            Optional.empty()));
    assertThat(row.build().warnings())
        .hasSize(21)
        .startsWith("late", "late by 0 ms")
        .endsWith("late by 18 ms", "and 11 more warnings of a fork");
  }

  @Test
  void concurrencyThatContradictsLatencyIsAWarning() {
    OperationRecorder recorder = new OperationRecorder();
    for (int i = 0; i < 10; i++) {
      recorder.began(i);
      recorder.ended(i + 100);
      recorder.success(i, i + (i < 5 ? 100 : 80), 0);
    }
    row.add(outcome(jmh(), null, recorder.drain()));
    assertThat(row.build().warnings())
        .singleElement()
        .asString()
        .contains("1.11 x throughput x latency");
  }

  @Test
  void gathersForksAndIterations() {
    row.add(outcome(jmh(), null, interval(4), interval(6)));
    row.add(outcome(jmh(), null, interval(5), interval(5)));
    ResultRecord result = row.build();
    assertThat(result.status()).isEqualTo(ResultStatus.OK);
    assertThat(result.qualifiedName()).isEqualTo("org.example.ReadBenchmark.read");
    assertThat(result.params()).isEqualTo(Map.of("size", "1KB", "target", "embedded"));
    assertThat(result.fidelity()).isEqualTo(Fidelity.EMBEDDED);
    assertThat(result.target()).isEqualTo(new TargetRecord("embedded", "MooseNG 9", "127.0.0.1:1"));
    assertThat(result.forks()).hasSize(2);
    assertThat(result.forks().get(1).fork()).isEqualTo(1);
    assertThat(result.forks().get(0).jmhScores().unit()).isEqualTo("us/op");
    assertThat(result.forks().get(0).jmhScores().perIteration()).containsExactly(10.0, 20.0);
    assertThat(row.jmhResults()).hasSize(2);
    IterationRecord second = result.forks().get(0).iterations().get(1);
    assertThat(second.operations()).isEqualTo(6);
    assertThat(second.bytes()).isEqualTo(60);
    assertThat(second.roundTrips()).isEqualTo(6);
    assertThat(second.spanNanos()).isEqualTo(5_700);
    assertThat(second.stageP50Nanos()).containsOnlyKeys("first-byte");
    assertThat(result.valueOrNull("operations")).isEqualTo(20);
    assertThat(result.valueOrNull("roundtrips.per.op")).isEqualTo(1);
  }

  @Test
  void aFailedOperationTakesJmhsScoresFromTheWholeRow() {
    row.add(outcome(jmh(), null, interval(4)));
    assertThat(row.build().valueOrNull("jmh.score")).isEqualTo(15);
    row.add(outcome(jmh(), null, interval(4, FailureKind.UNAVAILABLE)));
    ResultRecord result = row.build();
    assertThat(result.forks()).hasSize(2).allMatch(fork -> fork.jmhScores() == null);
    assertThat(result.metrics()).doesNotContainKey("jmh.score");
    assertThat(result.valueOrNull("operations")).isEqualTo(9);
    assertThat(row.measurements()).allMatch(fork -> fork.fork().jmhScores() == null);
  }

  @Test
  void corruptionComesFirstHoweverRare() {
    row.add(
        outcome(
            jmh(),
            null,
            interval(90, FailureKind.TIMEOUT, FailureKind.TIMEOUT, FailureKind.CORRUPT)));
    assertThat(row.failed()).isTrue();
    assertThat(row.jmhResults()).as("JMH's score of failed operations is none").isEmpty();
    assertThat(row.build().failure())
        .isEqualTo(
            new FailureRecord(
                FailureKind.CORRUPT,
                "3 of 93 operations failed; the first as corrupt: planted corrupt"));
  }

  @Test
  void corruptionComesFirstEvenIfTheForkDiedOfSomethingElse() {
    row.add(
        outcome(
            null,
            new ForkOutcome.Failure(FailureKind.INTERNAL, "Forked VM failed", null),
            interval(1, FailureKind.CORRUPT)));
    assertThat(row.build().failure().kind()).isEqualTo(FailureKind.CORRUPT);
  }

  @Test
  void elseTheMostFrequentFailureIsNamed() {
    row.add(outcome(jmh(), null, interval(1, FailureKind.UNAVAILABLE), interval(0, timeouts(3))));
    assertThat(row.build().failure())
        .isEqualTo(
            new FailureRecord(
                FailureKind.TIMEOUT,
                "4 of 5 operations failed; the first as timeout: planted timeout"));
  }

  private static FailureKind[] timeouts(int count) {
    List<FailureKind> kinds = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      kinds.add(FailureKind.TIMEOUT);
    }
    return kinds.toArray(FailureKind[]::new);
  }

  @Test
  void aForkThatFailedKeepsWhatItHadMeasured() {
    row.add(outcome(jmh(), null, interval(4)));
    row.add(
        outcome(null, new ForkOutcome.Failure(FailureKind.UNAVAILABLE, "gone", null), interval(2)));
    ResultRecord result = row.build();
    assertThat(result.status()).isEqualTo(ResultStatus.FAILED);
    assertThat(result.failure()).isEqualTo(new FailureRecord(FailureKind.UNAVAILABLE, "gone"));
    assertThat(result.forks()).hasSize(2);
    assertThat(row.measurements()).hasSize(2);
  }

  @Test
  void theFirstFailureOfARowIsItsFailure() {
    row.fail(FailureKind.CONDITIONS_NOT_MET, "the link is too slow");
    row.fail(FailureKind.INTERNAL, "and then something");
    assertThat(row.build().failure().kind()).isEqualTo(FailureKind.CONDITIONS_NOT_MET);
    assertThat(row.hasForks()).isFalse();
  }

  @Test
  void aRowWithoutAForkSaysSo() {
    Cell cell = row.cell();
    Sizes noFork = new Sizes(0, null, null, null, null).or(cell.sizes());
    RowBuilder own =
        new RowBuilder(new Cell(cell.benchmark(), cell.parameters(), cell.target(), noFork));
    own.add(outcome(jmh(), null, interval(4)));
    assertThat(own.build().warnings()).containsExactly(ResultRecord.NO_FORK_WARNING);
    row.add(outcome(jmh(), null, interval(4)));
    assertThat(row.build().warnings()).isEmpty();
  }

  @Test
  void nothingRecordedIsAFailure() {
    row.add(outcome(jmh(), null, interval(0)));
    assertThat(row.build().failure())
        .isEqualTo(new FailureRecord(FailureKind.INTERNAL, "no operation was recorded"));
  }

  @Test
  void theHarnessItselfIsRecordedByJmhAlone() {
    Cell cell = Plans.cell(benchmark("OverheadBenchmark.record", OperationKind.HARNESS), null);
    RowBuilder overhead = new RowBuilder(cell);
    overhead.add(
        new ForkOutcome(
            Optional.of(jmh()),
            new ForkLog.Content(
                List.of(interval(0)), Optional.empty(), List.of(), Optional.empty()),
            Optional.empty()));
    ResultRecord result = overhead.build();
    assertThat(result.status()).isEqualTo(ResultStatus.OK);
    assertThat(result.fidelity()).isEqualTo(Fidelity.CONTROL);
    assertThat(result.target().label()).isEqualTo("none");
  }

  @Test
  void whyATargetIsNotTheOneAskedForStaysWithTheRow() {
    ResolvedTarget fallback =
        new ResolvedTarget(
            "t1", Fidelity.EMBEDDED, Optional.empty(), Optional.of("connection refused"));
    RowBuilder fellBack =
        new RowBuilder(Plans.cell(benchmark("B.read", OperationKind.READ), fallback));
    fellBack.add(outcome(jmh(), null, interval(1)));
    assertThat(fellBack.build().fallbackReason()).isEqualTo("connection refused");
  }
}
