package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.plan.Plans;
import io.mooseng.bench.core.report.Remarks;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What becomes of operations of a flaky target: those that needed a second call are counted, and do
 * not touch the latency of the others. In virtual time, so that every number is known.
 */
class RetriedRowTest {

  private static final long CALL_NANOS = 1_000;
  private static final long BACK_OFF_NANOS = 50_000;

  private final OperationRecorder recorder = new OperationRecorder();
  private final RowBuilder row =
      new RowBuilder(
          Plans.cell(
              Plans.benchmark("MetadataBenchmark.stat", OperationKind.METADATA), Plans.embedded()));
  private long now = 1;

  private void call(OperationTrace trace) {
    trace.roundTrip();
    trace.add(Stage.MASTER_RPC, CALL_NANOS);
    now += CALL_NANOS;
  }

  private void retry(OperationTrace trace) {
    trace.retry(FailureKind.UNAVAILABLE);
    trace.add(Stage.BACK_OFF, BACK_OFF_NANOS);
    now += BACK_OFF_NANOS;
    call(trace);
  }

  /**
   * Every tenth operation is answered at the second call, every hundredth not even at the third.
   */
  private RecordedInterval recordFlaky(int operations) throws Exception {
    try (TargetDriver memory = Targets.open("memory:/", TargetOptions.defaults())) {
      int[] begun = {0};
      TargetDriver flaky =
          (TargetDriver)
              Proxy.newProxyInstance(
                  TargetDriver.class.getClassLoader(),
                  new Class<?>[] {TargetDriver.class},
                  (proxy, method, arguments) -> {
                    OperationTrace trace = (OperationTrace) arguments[arguments.length - 1];
                    begun[0]++;
                    call(trace);
                    if (begun[0] % 10 == 0) {
                      retry(trace);
                    }
                    if (begun[0] % 100 == 0) {
                      retry(trace);
                      throw OperationException.light(FailureKind.UNAVAILABLE, "still gone");
                    }
                    return method.invoke(memory, arguments);
                  });
      Target target = new Target(flaky, recorder, () -> now);
      for (int i = 0; i < operations; i++) {
        recorder.began(now);
        target.as("look").at(now).stat(memory.root());
        recorder.ended(now);
      }
    }
    return recorder.drain();
  }

  private ResultRecord row(RecordedInterval... intervals) {
    row.add(
        new ForkOutcome(
            Optional.empty(),
            new ForkLog.Content(
                List.of(intervals),
                Optional.of(new TargetIdentity("flaky", "memory")),
                List.of(),
                Optional.empty()),
            Optional.empty()));
    return row.build();
  }

  @Test
  void theLatencyOfFirstAttemptsIsUntouched() throws Exception {
    ResultRecord found = row(recordFlaky(90));
    assertThat(found.status()).isEqualTo(ResultStatus.OK);
    assertThat(found.metrics().get("latency.max").n()).isEqualTo(81);
    assertThat(found.valueOrNull("latency.max")).as("one call").isEqualTo(CALL_NANOS);
    assertThat(found.valueOrNull("response.max")).isEqualTo(CALL_NANOS);
    assertThat(found.valueOrNull("op.look.p50")).isEqualTo(CALL_NANOS);
    assertThat(found.metrics().get("op.look.p50").n()).isEqualTo(81);
    assertThat(found.valueOrNull("stage.master-rpc.mean")).isEqualTo(CALL_NANOS);
    assertThat(found.metrics()).doesNotContainKey("stage.back-off.mean");
    assertThat(found.forks().get(0).iterations().get(0).latencyNanos().max()).isEqualTo(CALL_NANOS);
  }

  @Test
  void thoseThatNeededMoreAreCountedApart() throws Exception {
    ResultRecord found = row(recordFlaky(90));
    double nanos = 2 * CALL_NANOS + BACK_OFF_NANOS;
    assertThat(found.metrics().get("retried.latency.mean").n()).isEqualTo(9);
    assertThat(found.valueOrNull("retried.latency.mean")).isCloseTo(nanos, within(nanos / 1_000));
    assertThat(found.valueOrNull("retried.latency.p50")).as("too few").isNull();
    assertThat(found.valueOrNull("retried.response.mean")).isCloseTo(nanos, within(nanos / 1_000));
    assertThat(found.metrics())
        .containsKeys("retried.stage.back-off.mean", "retried.op.look.p50")
        .doesNotContainKeys("retried.stage.back-off.max", "retried.op.look.mean");
    assertThat(found.valueOrNull("retries")).isEqualTo(9);
    assertThat(found.valueOrNull("retries.unavailable")).isEqualTo(9);
    assertThat(found.metrics()).doesNotContainKey("retries.timeout");
  }

  @Test
  void allSuccessesAreThroughputAndNothingIsLost() throws Exception {
    RecordedInterval recorded = recordFlaky(90);
    ResultRecord found = row(recorded);
    assertThat(recorded.successes()).isEqualTo(90);
    assertThat(recorded.retriedSuccesses()).isEqualTo(9);
    assertThat(recorded.responsesNanos().getTotalCount()).isEqualTo(90);
    assertThat(found.valueOrNull("operations")).isEqualTo(90);
    assertThat(found.metrics().get("throughput").n()).isEqualTo(90);
    double seconds = (99 * CALL_NANOS + 9 * BACK_OFF_NANOS) / 1e9;
    assertThat(found.valueOrNull("throughput")).isCloseTo(90 / seconds, within(1e-6 / seconds));
    assertThat(found.valueOrNull("roundtrips.per.op")).isEqualTo(99 / 90.0);
    assertThat(found.valueOrNull(Quantity.LITTLES_LAW.label())).isCloseTo(1, within(1e-3));
    assertThat(found.valueOrNull("stage.coverage")).as("of all of them").isEqualTo(1);
    assertThat(found.warnings()).isEmpty();
  }

  @Test
  void theRowSaysSo() throws Exception {
    assertThat(Remarks.of(row(recordFlaky(90))))
        .containsExactly(
            "look  100.0 %  p50     1 us  p99        -",
            "retries: 9 (unavailable 9); operations that succeeded after one, apart from the"
                + " others: 9, p50 -, p99 -, max 52.0 us");
  }

  /** Retries in vain are retries; the operation is an error of its kind, and no latency at all. */
  @Test
  void whatFailsInTheEndIsAnErrorOnly() throws Exception {
    RecordedInterval recorded = recordFlaky(200);
    assertThat(recorded.failures()).isEqualTo(Map.of(FailureKind.UNAVAILABLE, 2L));
    assertThat(recorded.retries()).isEqualTo(Map.of(FailureKind.UNAVAILABLE, 22L));
    ResultRecord found = row(recorded);
    assertThat(found.metrics().get("latency.max").n()).isEqualTo(180);
    assertThat(found.metrics().get("retried.latency.max").n()).isEqualTo(18);
    assertThat(found.failure().message()).startsWith("2 of 200 operations failed");
    assertThat(found.valueOrNull("errors.unavailable")).isEqualTo(2);
    assertThat(found.valueOrNull("retries.unavailable")).isEqualTo(22);
  }

  @Test
  void aRowOfRetriedOperationsAloneIsMeasured() {
    OperationTrace trace = new OperationTrace();
    trace.retry(FailureKind.UNAVAILABLE);
    recorder.success(0, 500, 7, trace);
    ResultRecord found = row(recorder.drain());
    assertThat(found.status()).isEqualTo(ResultStatus.OK);
    assertThat(found.valueOrNull("latency.mean")).isNull();
    assertThat(found.valueOrNull("retried.latency.mean")).isEqualTo(500);
    IterationRecord iteration = found.forks().get(0).iterations().get(0);
    assertThat(iteration.successes()).isEqualTo(1);
    assertThat(iteration.values()).containsEntry("retries.unavailable", 1.0);
  }
}
