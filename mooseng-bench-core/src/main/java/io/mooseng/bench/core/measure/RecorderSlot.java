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

  private final SuccessTimes atOnce = new SuccessTimes();
  private final SuccessTimes retried = new SuccessTimes();
  private final StageCoverage coverage = new StageCoverage();
  private final long[] failures = new long[KINDS.length];
  private final long[] retries = new long[KINDS.length];
  private Histogram lag;
  private long failed;
  private long failedNanos;
  private long bytes;
  private long roundTrips;
  private long firstStart;
  private long lastEnd;

  void success(long startNanos, long endNanos, long bytesMoved) {
    extendSpan(startNanos, endNanos);
    atOnce.add(endNanos - startNanos);
    bytes += bytesMoved;
  }

  void success(long startNanos, long endNanos, long bytesMoved, OperationTrace trace) {
    extendSpan(startNanos, endNanos);
    // Back-off is the client's time: it says nothing of how long an answer takes.
    (trace.retries() == 0 ? atOnce : retried).add(startNanos, endNanos, trace);
    coverage.add(endNanos - startNanos, trace);
    bytes += bytesMoved;
    roundTrips += trace.roundTrips();
    retriesAndLag(startNanos, trace);
  }

  void failure(long startNanos, long endNanos, FailureKind kind) {
    extendSpan(startNanos, endNanos);
    failures[kind.ordinal()]++;
    failed++;
    failedNanos += endNanos - startNanos;
  }

  /** When an operation that failed started says something of the harness. */
  void failure(long startNanos, long endNanos, FailureKind kind, OperationTrace trace) {
    failure(startNanos, endNanos, kind);
    retriesAndLag(startNanos, trace);
  }

  private void retriesAndLag(long startNanos, OperationTrace trace) {
    if (trace.retries() > 0) {
      for (FailureKind kind : KINDS) {
        retries[kind.ordinal()] += trace.retries(kind);
      }
    }
    if (trace.scheduled()) {
      lag = SuccessTimes.recorded(lag, startNanos - trace.intendedStartNanos());
    }
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
    return failed > 0 || atOnce.count() > 0 || retried.count() > 0;
  }

  /** Calls made once more, whatever they had failed with. */
  long retries() {
    return Arrays.stream(retries).sum();
  }

  StageCoverage coverage() {
    return coverage;
  }

  /** The sum of the times of all operations, by their latencies; failed ones took time, too. */
  double residenceNanos() {
    return failedNanos + atOnce.totalNanos() + retried.totalNanos();
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
    atOnce.add(other.atOnce);
    retried.add(other.retried);
    coverage.add(other.coverage);
    lag = SuccessTimes.sum(lag, other.lag);
    for (int i = 0; i < KINDS.length; i++) {
      failures[i] += other.failures[i];
      retries[i] += other.retries[i];
    }
    failed += other.failed;
    failedNanos += other.failedNanos;
    bytes += other.bytes;
    roundTrips += other.roundTrips;
  }

  void clear() {
    atOnce.clear();
    retried.clear();
    coverage.clear();
    SuccessTimes.reset(lag);
    Arrays.fill(failures, 0);
    Arrays.fill(retries, 0);
    failed = 0;
    failedNanos = 0;
    bytes = 0;
    roundTrips = 0;
  }

  /** The content of this slot, which must not be used any more. */
  RecordedInterval frozen(Map<FailureKind, String> messages, Map<Quantity, Double> values) {
    Map<String, Histogram> series = new HashMap<>();
    atOnce.putParts(series, "");
    SuccessTimes.put(series, Series.RETRIED_LATENCY, retried.latency());
    retried.putParts(series, Series.RETRIED);
    SuccessTimes.put(series, Series.LAG, lag);
    return new RecordedInterval(
        atOnce.latency(),
        series,
        byKind(failures),
        messages,
        byKind(retries),
        bytes,
        roundTrips,
        spanNanos(),
        values);
  }

  private static Map<FailureKind, Long> byKind(long[] counts) {
    Map<FailureKind, Long> byKind = new EnumMap<>(FailureKind.class);
    for (FailureKind kind : KINDS) {
      if (counts[kind.ordinal()] > 0) {
        byKind.put(kind, counts[kind.ordinal()]);
      }
    }
    return byKind;
  }
}
