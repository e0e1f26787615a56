package io.mooseng.bench.core.measure;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** What some threads recorded. For one thread at a time. */
final class RecorderSlot {

  static final long HIGHEST_LATENCY_NANOS = 3_600_000_000_000L;
  static final int SIGNIFICANT_DIGITS = 3;

  private static final FailureKind[] KINDS = FailureKind.values();
  private static final Stage[] STAGES = Stage.values();

  private final Histogram latency = newHistogram();
  private final Histogram[] stages = new Histogram[STAGES.length];
  private final StageCoverage coverage = new StageCoverage();
  private final Map<String, Histogram> operations = new HashMap<>();
  private final long[] failures = new long[KINDS.length];
  private Histogram response;
  private Histogram lag;
  private long failed;
  private long failedNanos;
  private long bytes;
  private long roundTrips;
  private long retries;
  private long firstStart;
  private long lastEnd;

  private static Histogram newHistogram() {
    return new Histogram(1, HIGHEST_LATENCY_NANOS, SIGNIFICANT_DIGITS);
  }

  void success(long startNanos, long endNanos, long bytesMoved) {
    extendSpan(startNanos, endNanos);
    latency.recordValue(clamp(endNanos - startNanos));
    bytes += bytesMoved;
  }

  void failure(long startNanos, long endNanos, FailureKind kind) {
    extendSpan(startNanos, endNanos);
    failures[kind.ordinal()]++;
    failed++;
    failedNanos += endNanos - startNanos;
  }

  /** What is known of an operation that succeeded. */
  void trace(long startNanos, long endNanos, OperationTrace trace) {
    roundTrips += trace.roundTrips();
    retries += trace.retries();
    for (int i = 0; i < STAGES.length; i++) {
      long nanos = trace.nanos(STAGES[i]);
      if (nanos > 0 && (STAGES[i].role() != Stage.Role.OF_CALLS || trace.isSplit())) {
        stages[i] = recorded(stages[i], nanos);
      }
    }
    coverage.add(endNanos - startNanos, trace);
    if (trace.scheduled()) {
      response = recorded(response, endNanos - trace.intendedStartNanos());
      lag = recorded(lag, startNanos - trace.intendedStartNanos());
    }
    if (trace.operation() != null) {
      Histogram known = operations.get(trace.operation());
      Histogram histogram = recorded(known, endNanos - startNanos);
      if (known == null) {
        operations.put(trace.operation(), histogram);
      }
    }
  }

  /** What is known of an operation that failed: when it started says something of the harness. */
  void traceOfFailure(long startNanos, OperationTrace trace) {
    retries += trace.retries();
    if (trace.scheduled()) {
      lag = recorded(lag, startNanos - trace.intendedStartNanos());
    }
  }

  private static Histogram recorded(Histogram known, long nanos) {
    Histogram histogram = known == null ? newHistogram() : known;
    histogram.recordValue(clamp(nanos));
    return histogram;
  }

  private static long clamp(long nanos) {
    return Math.max(0, Math.min(nanos, HIGHEST_LATENCY_NANOS));
  }

  // nanoTime values may overflow, so they are compared by difference only (System.nanoTime).
  private void extendSpan(long startNanos, long endNanos) {
    if (!used()) {
      firstStart = startNanos;
      lastEnd = endNanos;
      return;
    }
    if (startNanos - firstStart < 0) {
      firstStart = startNanos;
    }
    if (endNanos - lastEnd > 0) {
      lastEnd = endNanos;
    }
  }

  private boolean used() {
    return failed > 0 || latency.getTotalCount() > 0;
  }

  long retries() {
    return retries;
  }

  StageCoverage coverage() {
    return coverage;
  }

  /** The sum of the times of all operations, by their latencies; failed ones took time, too. */
  double residenceNanos() {
    long succeeded = latency.getTotalCount();
    return failedNanos + (succeeded == 0 ? 0 : latency.getMean() * succeeded);
  }

  /** From the first start to the last end. */
  long spanNanos() {
    return used() ? lastEnd - firstStart : 0;
  }

  /** Adds what another slot holds. */
  void add(RecorderSlot other) {
    if (other.used()) {
      extendSpan(other.firstStart, other.lastEnd);
    }
    latency.add(other.latency);
    for (int i = 0; i < STAGES.length; i++) {
      stages[i] = sum(stages[i], other.stages[i]);
    }
    coverage.add(other.coverage);
    response = sum(response, other.response);
    lag = sum(lag, other.lag);
    other.operations.forEach((kind, more) -> operations.put(kind, sum(operations.get(kind), more)));
    for (int i = 0; i < KINDS.length; i++) {
      failures[i] += other.failures[i];
    }
    failed += other.failed;
    failedNanos += other.failedNanos;
    bytes += other.bytes;
    roundTrips += other.roundTrips;
    retries += other.retries;
  }

  private static Histogram sum(Histogram known, Histogram more) {
    if (more == null || more.getTotalCount() == 0) {
      return known;
    }
    Histogram sum = known == null ? newHistogram() : known;
    sum.add(more);
    return sum;
  }

  void clear() {
    latency.reset();
    for (Histogram histogram : stages) {
      reset(histogram);
    }
    coverage.clear();
    reset(response);
    reset(lag);
    operations.values().forEach(RecorderSlot::reset);
    Arrays.fill(failures, 0);
    failed = 0;
    failedNanos = 0;
    bytes = 0;
    roundTrips = 0;
    retries = 0;
  }

  private static void reset(Histogram histogram) {
    if (histogram != null) {
      histogram.reset();
    }
  }

  /** The content of this slot, which must not be used any more. */
  RecordedInterval frozen(Map<FailureKind, String> messages, Map<Quantity, Double> values) {
    Map<String, Histogram> series = new HashMap<>();
    for (Stage stage : STAGES) {
      put(series, Series.of(stage), stages[stage.ordinal()]);
    }
    put(series, Series.RESPONSE, response);
    put(series, Series.LAG, lag);
    operations.forEach((kind, histogram) -> put(series, Series.ofOperation(kind), histogram));
    Map<FailureKind, Long> counts = new EnumMap<>(FailureKind.class);
    for (FailureKind kind : KINDS) {
      if (failures[kind.ordinal()] > 0) {
        counts.put(kind, failures[kind.ordinal()]);
      }
    }
    return new RecordedInterval(
        latency, series, counts, messages, bytes, roundTrips, spanNanos(), values);
  }

  private static void put(Map<String, Histogram> series, String name, Histogram histogram) {
    if (histogram != null && histogram.getTotalCount() > 0) {
      series.put(name, histogram);
    }
  }
}
