package io.mooseng.bench.core.report.prometheus;

import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RowKey;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/** Metrics of rows: the histogram of latency, and some numbers beside it. */
final class RowCollectors implements MultiCollector {

  /** Upper bounds in seconds: 1, 2 and 5 in each power of ten, from 1 us to 100 s. */
  private static final double[] BOUNDS = bounds();

  private static final int LEAST_POWER = -6;
  private static final int GREATEST_POWER = 2;
  private static final double NANOS_PER_SECOND = 1e9;

  private final Map<RowKey, Row> rows = new ConcurrentHashMap<>();

  /** Immutable, so that a scrape sees one state of a row. */
  private record Row(
      Labels labels, ResultRecord result, HistogramSnapshot.HistogramDataPointSnapshot latency) {}

  void register(PrometheusRegistry registry) {
    registry.register(this);
  }

  void put(ResultRecord result, List<ForkMeasurement> measurements) {
    Labels labels =
        Labels.of(
            "benchmark",
            result.benchmark(),
            "params",
            RowKey.paramsText(result.params()),
            "target",
            result.target().label(),
            "network",
            result.network().label(),
            "fidelity",
            result.fidelity().label(),
            "mode",
            result.jmhMode() == null ? "" : result.jmhMode());
    Histogram latency = new Histogram(3);
    latency.setAutoResize(true);
    measurements.forEach(fork -> latency.add(fork.latencyNanos()));
    rows.put(result.key(), new Row(labels, result, histogram(labels, latency)));
  }

  @Override
  public MetricSnapshots collect() {
    List<Row> all = List.copyOf(rows.values());
    List<MetricSnapshot> snapshots = new ArrayList<>();
    HistogramSnapshot.Builder latency =
        HistogramSnapshot.builder()
            .name("mooseng_bench_latency_seconds")
            .help(
                "Service time of operations that succeeded without a retry, of all forks of a row so far.");
    all.forEach(row -> latency.dataPoint(row.latency()));
    snapshots.add(latency.build());
    snapshots.add(
        gauge(
            all,
            "mooseng_bench_throughput_operations_per_second",
            "Successful operations per second of a row so far.",
            row -> row.valueOrNull(Metrics.THROUGHPUT)));
    snapshots.add(
        gauge(
            all,
            "mooseng_bench_bandwidth_bytes_per_second",
            "Bytes that successful operations of a row moved, per second, so far.",
            row -> row.valueOrNull(Metrics.BANDWIDTH)));
    snapshots.add(
        gauge(
            all,
            "mooseng_bench_operations",
            "Operations that a row attempted so far.",
            row -> row.valueOrNull(Metrics.OPERATIONS)));
    snapshots.add(
        gauge(
            all,
            "mooseng_bench_errors",
            "Operations of a row that failed so far.",
            row -> row.valueOrNull(Metrics.ERRORS)));
    snapshots.add(
        gauge(
            all,
            "mooseng_bench_row_failed",
            "1 if a row has failed, 0 if not.",
            row -> row.status() == ResultStatus.FAILED ? 1.0 : 0.0));
    return new MetricSnapshots(snapshots);
  }

  private static GaugeSnapshot gauge(
      List<Row> rows, String name, String help, Function<ResultRecord, Double> value) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    for (Row row : rows) {
      Double number = value.apply(row.result());
      if (number != null) {
        gauge.dataPoint(
            GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(row.labels())
                .value(number)
                .build());
      }
    }
    return gauge.build();
  }

  /** Counts of the classic buckets; sample by sample within the precision of the histogram. */
  private static HistogramSnapshot.HistogramDataPointSnapshot histogram(
      Labels labels, Histogram nanos) {
    ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    long[] counts = new long[BOUNDS.length + 1];
    nanos
        .recordedValues()
        .forEach(
            value -> {
              long least = nanos.lowestEquivalentValue(value.getValueIteratedTo());
              double seconds = least / NANOS_PER_SECOND;
              int bucket = 0;
              while (bucket < BOUNDS.length && seconds > BOUNDS[bucket]) {
                bucket++;
              }
              counts[bucket] += value.getCountAtValueIteratedTo();
            });
    for (int i = 0; i < BOUNDS.length; i++) {
      buckets.bucket(BOUNDS[i], counts[i]);
    }
    buckets.bucket(Double.POSITIVE_INFINITY, counts[BOUNDS.length]);
    double sum = nanos.getTotalCount() == 0 ? 0 : nanos.getMean() * nanos.getTotalCount();
    return HistogramSnapshot.HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(buckets.build())
        .sum(sum / NANOS_PER_SECOND)
        .build();
  }

  private static double[] bounds() {
    List<Double> bounds = new ArrayList<>();
    for (int power = LEAST_POWER; power < GREATEST_POWER; power++) {
      for (int step : new int[] {1, 2, 5}) {
        bounds.add(Double.parseDouble(step + "e" + power));
      }
    }
    bounds.add(Double.parseDouble("1e" + GREATEST_POWER));
    return bounds.stream().mapToDouble(Double::doubleValue).toArray();
  }
}
