package io.mooseng.bench.core.report.prometheus;

import io.mooseng.bench.core.model.ServerState;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The state of a server as metrics of Prometheus, asked for with every scrape. All of them carry
 * the server's region.
 */
public final class ServerMetrics implements MultiCollector {

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final String region;
  private final Supplier<ServerState> state;

  /**
   * @param state is asked from threads of the scraper
   */
  public ServerMetrics(String region, Supplier<ServerState> state) {
    this.region = region;
    this.state = state;
    registry.register(this);
  }

  /** What is exposed. */
  public PrometheusRegistry registry() {
    return registry;
  }

  private Labels labels(Map<String, String> more) {
    Map<String, String> all = new TreeMap<>(more);
    all.put("region", region);
    return Labels.of(all.keySet().toArray(String[]::new), all.values().toArray(String[]::new));
  }

  @Override
  public MetricSnapshots collect() {
    ServerState now = state.get();
    HistogramSnapshot.Builder latency =
        HistogramSnapshot.builder()
            .name("mooseng_server_call_seconds")
            .help("How long calls took on the server, from their headers to their end.");
    CounterSnapshot.Builder calls =
        CounterSnapshot.builder()
            .name("mooseng_server_calls")
            .help("Calls that have ended, by status.");
    for (ServerState.Calls method : now.calls()) {
      ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
      for (int i = 0; i < method.boundsSeconds().size(); i++) {
        buckets.bucket(method.boundsSeconds().get(i), method.counts().get(i));
      }
      long beyond = method.counts().get(method.boundsSeconds().size());
      latency.dataPoint(
          HistogramSnapshot.HistogramDataPointSnapshot.builder()
              .labels(labels(Map.of("method", method.method())))
              .classicHistogramBuckets(buckets.bucket(Double.POSITIVE_INFINITY, beyond).build())
              .sum(method.sumSeconds())
              .build());
      method
          .byCode()
          .forEach(
              (code, count) ->
                  calls.dataPoint(
                      CounterSnapshot.CounterDataPointSnapshot.builder()
                          .labels(labels(Map.of("method", method.method(), "code", code)))
                          .value(count)
                          .build()));
    }
    List<MetricSnapshot> all = new ArrayList<>();
    all.add(latency.build());
    all.add(calls.build());
    all.addAll(gauges(now.gauges()));
    return new MetricSnapshots(all);
  }

  private List<GaugeSnapshot> gauges(List<ServerState.Gauge> gauges) {
    Map<String, GaugeSnapshot.Builder> byName = new LinkedHashMap<>();
    for (ServerState.Gauge gauge : gauges) {
      byName
          .computeIfAbsent(
              gauge.name(), name -> GaugeSnapshot.builder().name(name).help(gauge.help()))
          .dataPoint(
              GaugeSnapshot.GaugeDataPointSnapshot.builder()
                  .labels(labels(gauge.labels()))
                  .value(gauge.value())
                  .build());
    }
    return byName.values().stream().map(GaugeSnapshot.Builder::build).toList();
  }
}
