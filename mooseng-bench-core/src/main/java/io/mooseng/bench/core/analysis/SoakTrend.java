package io.mooseng.bench.core.analysis;

import io.mooseng.bench.core.analysis.test.Adjustment;
import io.mooseng.bench.core.analysis.test.MonotoneTrend;
import io.mooseng.bench.core.analysis.test.Sample;
import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.SoakSample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether a metric of a row rose or fell over a long run. It did if the test of {@link
 * MonotoneTrend}, adjusted for all metrics of the row that are looked at (Holm), says so at 1 %,
 * and the change over the run is at least 2 % of the median; smaller ones do not matter.
 *
 * @param unit of the metric
 * @param direction which way is better
 * @param windows that have the metric
 * @param span from the middle of the first of these windows to that of the last
 * @param median over windows
 * @param trend per hour; null with fewer than {@link MonotoneTrend#LEAST_VALUES} windows
 * @param p adjusted; 1 without a trend
 */
public record SoakTrend(
    String metric,
    String unit,
    Direction direction,
    int windows,
    Duration span,
    double median,
    MonotoneTrend trend,
    double p) {

  private static final double ALPHA = 0.01;
  private static final double LEAST_EFFECT = 0.02;
  private static final double NANOS_PER_HOUR = 3.6e12;

  private static final Set<String> LOOKED_AT =
      Set.of(
          Metrics.LATENCY_P50,
          Metrics.LATENCY_P99,
          Metrics.RESPONSE_P50,
          Metrics.RESPONSE_P99,
          Metrics.THROUGHPUT,
          Metrics.ERRORS,
          Quantity.ACHIEVED_RATE.label(),
          Quantity.DROPPED.label(),
          Quantity.STALE_READS.label(),
          Quantity.STALE_VERSIONS.label(),
          Quantity.STALE_TIME.label(),
          Quantity.REPLICATION_LAG.label(),
          Quantity.REPLICATION_LAG_NEAREST.label(),
          Quantity.REPLICATION_LAG_FARTHEST.label(),
          Quantity.COPY_LAG.label(),
          Quantity.VIOLATIONS.label(),
          Quantity.ABORT_RATE.label(),
          Quantity.GC_TIME.label());

  private record Series(Metric like, List<Double> hours, List<Double> values) {}

  /**
   * Looks at every metric of a row that it has and that a trend means something for; in the order
   * of the metrics.
   *
   * @param samples of one row, in order
   */
  public static List<SoakTrend> of(List<SoakSample> samples) {
    Map<String, Series> all = new LinkedHashMap<>();
    for (SoakSample sample : samples) {
      double hours = hours(samples.get(0).from(), middle(sample));
      sample.metrics().entrySet().stream()
          .filter(entry -> LOOKED_AT.contains(entry.getKey()) && entry.getValue().value() != null)
          .forEach(
              entry -> {
                Series series =
                    all.computeIfAbsent(
                        entry.getKey(),
                        name -> new Series(entry.getValue(), new ArrayList<>(), new ArrayList<>()));
                series.hours().add(hours);
                series.values().add(entry.getValue().value());
              });
    }
    return adjusted(all.entrySet().stream().map(e -> of(e.getKey(), e.getValue())).toList());
  }

  private static Instant middle(SoakSample sample) {
    return sample.from().plus(Duration.between(sample.from(), sample.until()).dividedBy(2));
  }

  private static double hours(Instant from, Instant until) {
    return Duration.between(from, until).toNanos() / NANOS_PER_HOUR;
  }

  private static SoakTrend of(String name, Series series) {
    double[] hours = array(series.hours());
    double[] values = array(series.values());
    MonotoneTrend trend =
        values.length < MonotoneTrend.LEAST_VALUES ? null : MonotoneTrend.of(hours, values);
    return new SoakTrend(
        name,
        series.like().unit(),
        series.like().direction(),
        values.length,
        Duration.ofNanos((long) ((hours[hours.length - 1] - hours[0]) * NANOS_PER_HOUR)),
        Sample.median(values),
        trend,
        trend == null ? 1 : trend.p());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static List<SoakTrend> adjusted(List<SoakTrend> raw) {
    double[] p =
        Adjustment.HOLM.adjust(
            raw.stream().filter(SoakTrend::tested).mapToDouble(SoakTrend::p).toArray());
    List<SoakTrend> adjusted = new ArrayList<>();
    int at = 0;
    for (SoakTrend one : raw) {
      adjusted.add(one.tested() ? one.withP(p[at++]) : one);
    }
    return adjusted;
  }

  private SoakTrend withP(double adjusted) {
    return new SoakTrend(metric, unit, direction, windows, span, median, trend, adjusted);
  }

  /** Whether there were windows enough. */
  public boolean tested() {
    return trend != null;
  }

  /** Whether the metric rose or fell. */
  public boolean found() {
    return tested()
        && p <= ALPHA
        && trend.slope() != 0
        && Math.abs(change()) >= LEAST_EFFECT * Math.abs(median);
  }

  /** By how much it changed over the run, in its unit. */
  public double change() {
    return trend.slope() * span.toNanos() / NANOS_PER_HOUR;
  }

  /** Whether the change is for the worse. */
  public boolean isWorse() {
    return direction == Direction.LOWER ? trend.slope() > 0 : trend.slope() < 0;
  }
}
