package io.mooseng.bench.core.measure;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * What was recorded in one interval, frozen.
 *
 * @param latencyNanos latency of every success without a retry; owned by this record, not to be
 *     changed
 * @param seriesNanos other times, by the names of {@link Series}; those nothing was recorded of are
 *     absent
 * @param failures operations that failed, by kind
 * @param failureMessages the first message of each kind
 * @param retries calls made once more, by what they had failed with
 * @param bytes payload moved by the successes
 * @param roundTrips request/response exchanges of the successes; 0 if not reported
 * @param spanNanos from the first start to the last end, successes and failures alike
 * @param values what else was counted or sampled in the interval
 */
public record RecordedInterval(
    Histogram latencyNanos,
    Map<String, Histogram> seriesNanos,
    Map<FailureKind, Long> failures,
    Map<FailureKind, String> failureMessages,
    Map<FailureKind, Long> retries,
    long bytes,
    long roundTrips,
    long spanNanos,
    Map<Quantity, Double> values) {

  public RecordedInterval {
    seriesNanos = Map.copyOf(seriesNanos);
    failures = Map.copyOf(failures);
    failureMessages = Map.copyOf(failureMessages);
    retries = Map.copyOf(retries);
    values = Map.copyOf(values);
  }

  /** Operations that succeeded, after a retry or without one. */
  public long successes() {
    return latencyNanos.getTotalCount() + retriedSuccesses();
  }

  /** Operations that succeeded only after a call of theirs was made again. */
  public long retriedSuccesses() {
    Histogram retried = seriesNanos.get(Series.RETRIED_LATENCY);
    return retried == null ? 0 : retried.getTotalCount();
  }

  /** From their intended starts to their ends, of all successes of a schedule. */
  public Histogram responsesNanos() {
    Histogram all =
        new Histogram(
            1, OperationRecorder.HIGHEST_LATENCY_NANOS, OperationRecorder.SIGNIFICANT_DIGITS);
    Stream.of(Series.RESPONSE, Series.RETRIED + Series.RESPONSE)
        .flatMap(name -> Stream.ofNullable(seriesNanos.get(name)))
        .forEach(all::add);
    return all;
  }

  /** Operations that failed, of all kinds. */
  public long failureCount() {
    return failures.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Time the successes without a retry spent in {@code stage}, if any reported it. */
  public Optional<Histogram> stage(Stage stage) {
    return Optional.ofNullable(seriesNanos.get(Series.of(stage)));
  }

  /** The same interval with more values. */
  public RecordedInterval with(Map<Quantity, Double> more) {
    Map<Quantity, Double> all = new EnumMap<>(Quantity.class);
    all.putAll(values);
    all.putAll(more);
    return new RecordedInterval(
        latencyNanos,
        seriesNanos,
        failures,
        failureMessages,
        retries,
        bytes,
        roundTrips,
        spanNanos,
        all);
  }
}
