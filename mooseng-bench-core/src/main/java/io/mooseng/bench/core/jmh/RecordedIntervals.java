package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.JmhScores;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.Metrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** What a fork recorded, as results have it. */
final class RecordedIntervals {

  private RecordedIntervals() {}

  /**
   * One measurement of intervals that follow each other: their histograms are added up.
   *
   * @param fork its number
   * @param scores null where JMH's mean nothing
   * @param measured when; empty if nobody knows
   */
  static ForkMeasurement measurement(
      int fork,
      JmhScores scores,
      List<RecordedInterval> intervals,
      Optional<ForkOutcome.MeasuredTime> measured) {
    List<IterationRecord> iterations = new ArrayList<>();
    Histogram latency = null;
    Map<String, Histogram> series = new TreeMap<>();
    for (RecordedInterval interval : intervals) {
      iterations.add(iteration(iterations.size(), interval));
      latency = sum(latency, interval.latencyNanos());
      interval
          .seriesNanos()
          .forEach(
              (name, histogram) -> series.compute(name, (same, known) -> sum(known, histogram)));
    }
    Histogram all = latency == null ? new Histogram(3) : latency;
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
