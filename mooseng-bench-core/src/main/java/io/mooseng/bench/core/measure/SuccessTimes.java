package io.mooseng.bench.core.measure;

import java.util.HashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/**
 * How long operations took that succeeded, as a whole and by what is known of them. A histogram is
 * made when it is first needed, and kept from then on. For one thread at a time.
 */
final class SuccessTimes {

  private static final Stage[] STAGES = Stage.values();

  private final Histogram[] stages = new Histogram[STAGES.length];
  private final Map<String, Histogram> operations = new HashMap<>();
  private Histogram latency;
  private Histogram response;

  /** An operation of which nothing else is known. */
  void add(long nanos) {
    latency = recorded(latency, nanos);
  }

  void add(long startNanos, long endNanos, OperationTrace trace) {
    long nanos = endNanos - startNanos;
    add(nanos);
    for (int i = 0; i < STAGES.length; i++) {
      long ofStage = trace.nanos(STAGES[i]);
      if (ofStage > 0 && (STAGES[i].role() != Stage.Role.OF_CALLS || trace.isSplit())) {
        stages[i] = recorded(stages[i], ofStage);
      }
    }
    if (trace.scheduled()) {
      response = recorded(response, endNanos - trace.intendedStartNanos());
    }
    if (trace.operation() != null) {
      Histogram known = operations.get(trace.operation());
      Histogram histogram = recorded(known, nanos);
      if (known == null) {
        operations.put(trace.operation(), histogram);
      }
    }
  }

  /** Adds {@code nanos} to a histogram, or to a new one if there is none. */
  static Histogram recorded(Histogram known, long nanos) {
    Histogram histogram = known == null ? newHistogram() : known;
    histogram.recordValue(Math.max(0, Math.min(nanos, RecorderSlot.HIGHEST_LATENCY_NANOS)));
    return histogram;
  }

  private static Histogram newHistogram() {
    return new Histogram(1, RecorderSlot.HIGHEST_LATENCY_NANOS, RecorderSlot.SIGNIFICANT_DIGITS);
  }

  long count() {
    return latency == null ? 0 : latency.getTotalCount();
  }

  /** The sum of all latencies. */
  double totalNanos() {
    return count() == 0 ? 0 : latency.getMean() * count();
  }

  void add(SuccessTimes other) {
    latency = sum(latency, other.latency);
    for (int i = 0; i < STAGES.length; i++) {
      stages[i] = sum(stages[i], other.stages[i]);
    }
    response = sum(response, other.response);
    other.operations.forEach((kind, more) -> operations.put(kind, sum(operations.get(kind), more)));
  }

  /** Both together; none of them if both are. */
  static Histogram sum(Histogram known, Histogram more) {
    if (more == null || more.getTotalCount() == 0) {
      return known;
    }
    Histogram sum = known == null ? newHistogram() : known;
    sum.add(more);
    return sum;
  }

  void clear() {
    reset(latency);
    for (Histogram histogram : stages) {
      reset(histogram);
    }
    reset(response);
    operations.values().forEach(SuccessTimes::reset);
  }

  static void reset(Histogram histogram) {
    if (histogram != null) {
      histogram.reset();
    }
  }

  /** The latency of all, which may be none; this must not be used any more. */
  Histogram latency() {
    return latency == null ? newHistogram() : latency;
  }

  /**
   * Puts everything but the latency where it belongs.
   *
   * @param series those that hold nothing are not put there
   * @param prefix of their names
   */
  void putParts(Map<String, Histogram> series, String prefix) {
    for (Stage stage : STAGES) {
      put(series, prefix + Series.of(stage), stages[stage.ordinal()]);
    }
    put(series, prefix + Series.RESPONSE, response);
    operations.forEach(
        (kind, histogram) -> put(series, prefix + Series.ofOperation(kind), histogram));
  }

  static void put(Map<String, Histogram> series, String name, Histogram histogram) {
    if (histogram != null && histogram.getTotalCount() > 0) {
      series.put(name, histogram);
    }
  }
}
