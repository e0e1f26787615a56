package io.mooseng.bench.core.measure;

import io.mooseng.bench.core.model.FailureKind;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * What was recorded in one interval, frozen.
 *
 * @param latencyNanos latency of every success; owned by this record, not to be changed
 * @param stageNanos time per stage of the successes that reported it
 * @param failures operations that failed, by kind
 * @param failureMessages the first message of each kind
 * @param bytes payload moved by the successes
 * @param roundTrips request/response exchanges of the successes; 0 if not reported
 * @param spanNanos from the first start to the last end, successes and failures alike
 */
public record RecordedInterval(
    Histogram latencyNanos,
    Map<Stage, Histogram> stageNanos,
    Map<FailureKind, Long> failures,
    Map<FailureKind, String> failureMessages,
    long bytes,
    long roundTrips,
    long spanNanos) {

  public RecordedInterval {
    stageNanos = Map.copyOf(stageNanos);
    failures = Map.copyOf(failures);
    failureMessages = Map.copyOf(failureMessages);
  }

  /** Operations that succeeded. */
  public long successes() {
    return latencyNanos.getTotalCount();
  }

  /** Operations that failed, of all kinds. */
  public long failureCount() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }
}
