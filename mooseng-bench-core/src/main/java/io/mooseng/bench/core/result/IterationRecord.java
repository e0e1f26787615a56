package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.FailureKind;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;

/**
 * One measurement iteration of one fork; warm-up iterations are not recorded.
 *
 * @param index from 0
 * @param operations attempted, failed ones included
 * @param errors failed operations by kind; kinds that did not happen are absent
 * @param bytes payload moved by successful operations; 0 if the row moves none
 * @param roundTrips request/response exchanges of all operations; 0 if the driver counts none
 * @param spanNanos from the first operation's start to the last one's end
 * @param latencyNanos of operations that succeeded without a retry
 * @param stageP50Nanos median time per stage, of the same operations; stages with too few samples
 *     are absent
 * @param values what else was counted or sampled, by the names of {@link
 *     io.mooseng.bench.core.model.Quantity}; retries also by what had failed
 */
public record IterationRecord(
    int index,
    long operations,
    Map<FailureKind, Long> errors,
    long bytes,
    long roundTrips,
    long spanNanos,
    LatencySummary latencyNanos,
    SortedMap<String, Long> stageP50Nanos,
    SortedMap<String, Double> values) {

  public IterationRecord {
    Frozen.requireNotNegative("index", index);
    Frozen.requireNotNegative("operations", operations);
    Frozen.requireNotNegative("bytes", bytes);
    Frozen.requireNotNegative("roundTrips", roundTrips);
    Frozen.requireNotNegative("spanNanos", spanNanos);
    Frozen.require("latencyNanos", latencyNanos);
    errors = byKind(Frozen.require("errors", errors));
    stageP50Nanos = Frozen.sorted(Frozen.require("stageP50Nanos", stageP50Nanos));
    values = Frozen.sorted(Frozen.require("values", values));
    values.forEach(Frozen::requireFinite);
    if (sum(errors) > operations) {
      throw new IllegalArgumentException(sum(errors) + " errors in " + operations + " operations");
    }
  }

  /** All failed operations. */
  public long errorCount() {
    return sum(errors);
  }

  /** Operations that did not fail. */
  public long successes() {
    return operations - errorCount();
  }

  private static Map<FailureKind, Long> byKind(Map<FailureKind, Long> errors) {
    if (errors.isEmpty()) {
      return Map.of();
    }
    Map<FailureKind, Long> copy = new EnumMap<>(FailureKind.class);
    errors.forEach(
        (kind, count) -> {
          Frozen.requireNotNegative("errors." + kind.label(), Frozen.require("a count", count));
          if (count > 0) {
            copy.put(kind, count);
          }
        });
    return Collections.unmodifiableMap(copy);
  }

  private static long sum(Map<FailureKind, Long> errors) {
    // Nearly always: a large run has a million iterations.
    return errors.isEmpty() ? 0 : errors.values().stream().mapToLong(Long::longValue).sum();
  }
}
