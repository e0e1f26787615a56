package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.JmhScores;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.Metrics;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * What a fork recorded in intervals that follow each other, as results have it. Their histograms
 * are added up as they come, so that many intervals take little more memory than one. Used by one
 * thread.
 */
final class RecordedIntervals {

  private final List<IterationRecord> iterations = new ArrayList<>();
  private final Map<String, Histogram> series = new TreeMap<>();
  private final Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
  private final Map<FailureKind, String> failureMessages = new EnumMap<>(FailureKind.class);
  private Histogram latency;

  static RecordedIntervals of(List<RecordedInterval> intervals) {
    RecordedIntervals all = new RecordedIntervals();
    intervals.forEach(all::add);
    return all;
  }

  /** Adds the next interval, which is not kept. */
  void add(RecordedInterval interval) {
    iterations.add(iteration(iterations.size(), interval));
    latency = sum(latency, interval.latencyNanos());
    interval
        .seriesNanos()
        .forEach((name, histogram) -> series.compute(name, (same, known) -> sum(known, histogram)));
    interval.failures().forEach((kind, count) -> failures.merge(kind, count, Long::sum));
    interval.failureMessages().forEach(failureMessages::putIfAbsent);
  }

  /** How many there are. */
  int size() {
    return iterations.size();
  }

  boolean isEmpty() {
    return iterations.isEmpty();
  }

  /** Operations that failed in any of them, by kind. */
  Map<FailureKind, Long> failures() {
    return Collections.unmodifiableMap(failures);
  }

  /** The first message of each kind. */
  Map<FailureKind, String> failureMessages() {
    return Collections.unmodifiableMap(failureMessages);
  }

  /**
   * One measurement of all of them.
   *
   * @param fork its number
   * @param scores null where JMH's mean nothing
   * @param measured when; empty if nobody knows
   */
  ForkMeasurement measurement(
      int fork, JmhScores scores, Optional<ForkOutcome.MeasuredTime> measured) {
    Histogram all = latency == null ? new Histogram(3) : latency.copy();
    measured.ifPresent(
        time -> {
          all.setStartTimeStamp(time.from().toEpochMilli());
          all.setEndTimeStamp(time.until().toEpochMilli());
        });
    return ForkMeasurement.of(new ForkRecord(fork, scores, iterations), all, series);
  }

  private static Histogram sum(Histogram known, Histogram more) {
    if (known == null) {
      return more.copy();
    }
    known.add(more);
    return known;
  }

  private static IterationRecord iteration(int index, RecordedInterval interval) {
    TreeMap<String, Long> stageP50 = new TreeMap<>();
    for (Stage stage : Stage.values()) {
      interval
          .stage(stage)
          .ifPresent(histogram -> stageP50.put(stage.label(), histogram.getValueAtPercentile(50)));
    }
    TreeMap<String, Double> values = new TreeMap<>();
    interval.values().forEach((quantity, value) -> values.put(quantity.label(), value));
    interval.retries().forEach((kind, count) -> values.put(Metrics.retries(kind), (double) count));
    return new IterationRecord(
        index,
        interval.successes() + interval.failureCount(),
        interval.failures(),
        interval.bytes(),
        interval.roundTrips(),
        interval.spanNanos(),
        LatencySummary.of(interval.latencyNanos()),
        stageP50,
        values);
  }
}
