package io.mooseng.bench.core.jmh;

import static io.mooseng.bench.core.plan.Plans.benchmark;
import static io.mooseng.bench.core.plan.Plans.embedded;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.plan.Plans;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a driver tells of its stages, by a virtual clock, and what the row then says of it. */
class StageCheckTest {

  private long now;

  /** A driver whose stat does {@code work} with the trace. */
  private static TargetDriver driver(Consumer<OperationTrace> work) {
    return (TargetDriver)
        Proxy.newProxyInstance(
            StageCheckTest.class.getClassLoader(),
            new Class<?>[] {TargetDriver.class},
            (proxy, method, arguments) -> {
              assertThat(method.getName()).isEqualTo("stat");
              work.accept((OperationTrace) arguments[1]);
              return new FileInfo(0, false);
            });
  }

  private void spend(OperationTrace trace, Stage stage, long nanos) {
    now += nanos;
    trace.add(stage, nanos);
  }

  private ResultRecord row(int operations, Consumer<OperationTrace> work) {
    OperationRecorder recorder = new OperationRecorder();
    Target target = new Target(driver(work), recorder, () -> now);
    for (int i = 0; i < operations; i++) {
      target.stat(null).orElseThrow();
    }
    RowBuilder row =
        new RowBuilder(
            Plans.cell(benchmark("StatBenchmark.stat", OperationKind.METADATA), embedded()));
    row.addSimulated(new TargetIdentity("a driver", "here"), List.of(recorder.drain()));
    return row.build();
  }

  @Test
  void stagesWithoutAGapAreNotWarnedOf() {
    ResultRecord row =
        row(
            30,
            trace -> {
              spend(trace, Stage.MASTER_RPC, 700);
              spend(trace, Stage.CLOSE, 300);
            });
    assertThat(row.valueOrNull("stage.coverage")).isEqualTo(1);
    assertThat(row.valueOrNull("stage.misfits")).isZero();
    assertThat(row.warnings()).isEmpty();
  }

  @Test
  void aDriverThatLeavesAGapIsWarnedOf() {
    ResultRecord row =
        row(
            30,
            trace -> {
              spend(trace, Stage.MASTER_RPC, 600);
              now += 400;
            });
    assertThat(row.valueOrNull("stage.coverage")).isEqualTo(0.6);
    assertThat(row.warnings())
        .containsExactly(
            "stages add up to 60.0 % of the latency, and miss it by more than 5 % in 100.0 % of the"
                + " operations: they do not tell where all the time went");
  }

  @Test
  void stagesThatOverlapAreWarnedOf() {
    ResultRecord row =
        row(
            30,
            trace -> {
              spend(trace, Stage.TRANSFER, 1_000);
              trace.add(Stage.CLOSE, 60);
            });
    assertThat(row.valueOrNull("stage.coverage")).isEqualTo(1.06);
    assertThat(row.warnings()).hasSize(1);
  }

  /** 5 % of the whole is what may be missing. */
  @ParameterizedTest
  @CsvSource({"950, 0", "949, 1", "1050, 0", "1051, 1"})
  void theBoundIsFivePerCent(long stages, int warnings) {
    ResultRecord row =
        row(
            30,
            trace -> {
              now += 1_000;
              trace.add(Stage.TRANSFER, stages);
            });
    assertThat(row.warnings()).hasSize(warnings);
  }

  @Test
  void aLongOperationDoesNotHideManyShortOnesWithGaps() {
    int[] calls = {0};
    ResultRecord row =
        row(
            30,
            trace -> {
              if (calls[0]++ < 10) {
                now += 100;
              } else {
                spend(trace, Stage.TRANSFER, 1_000_000);
              }
            });
    assertThat(row.valueOrNull("stage.coverage")).isGreaterThan(0.99);
    assertThat(row.valueOrNull("stage.misfits")).isEqualTo(10.0 / 30);
    assertThat(row.warnings())
        .singleElement()
        .asString()
        .startsWith(
            "stages add up to 100.0 % of the latency, and miss it by more than 5 % in 33.3");
  }

  @Test
  void partsOfStepsAreInNoSum() {
    ResultRecord row =
        row(
            30,
            trace -> {
              spend(trace, Stage.TRANSFER, 1_000);
              trace.add(Stage.VERIFY, 900);
            });
    assertThat(row.valueOrNull("stage.coverage")).isEqualTo(1);
    assertThat(row.valueOrNull("stage.verify.mean")).isEqualTo(900);
    assertThat(row.warnings()).isEmpty();
  }

  @Test
  void aTargetWithoutStagesHasNothingToCover() {
    ResultRecord row = row(30, trace -> now += 10);
    assertThat(row.metrics()).doesNotContainKeys("stage.coverage", "stage.misfits");
    assertThat(row.warnings()).isEmpty();
  }

  /** The server says that it received the call before it was sent. */
  @Test
  void timesThatCannotBeTrueAreWarnedOfAndNotUsed() {
    ResultRecord row =
        row(
            30,
            trace -> {
              spend(trace, Stage.MASTER_RPC, 1_000);
              trace.roundTrip();
              trace.split(now - 1_000, now - 1_001, now - 500, now);
            });
    assertThat(row.valueOrNull("stage.implausible")).isEqualTo(30);
    assertThat(row.metrics()).doesNotContainKeys("stage.server.mean", "stage.request.mean");
    assertThat(row.warnings())
        .containsExactly(
            "30 calls have times of the server that cannot be true by the client's clock; their"
                + " operations have no stages request, server and answer");
  }

  @Test
  void anOperationIsSplitOnlyIfAllItsCallsAre() {
    Consumer<OperationTrace> oneCall =
        trace -> {
          spend(trace, Stage.MASTER_RPC, 1_000);
          trace.roundTrip();
          trace.split(now - 1_000, now - 700, now - 400, now);
        };
    ResultRecord row = row(30, oneCall);
    assertThat(row.valueOrNull("stage.request.mean")).isEqualTo(300);
    assertThat(row.valueOrNull("stage.server.mean")).isEqualTo(300);
    assertThat(row.valueOrNull("stage.answer.mean")).isEqualTo(400);
    assertThat(row.valueOrNull("stage.coverage")).isEqualTo(1);
    assertThat(row.warnings()).isEmpty();
    assertThat(row(30, oneCall.andThen(OperationTrace::roundTrip)).metrics())
        .doesNotContainKeys("stage.request.mean", "stage.server.mean", "stage.answer.mean");
  }
}
