package io.mooseng.bench.core.report.prometheus;

import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RunRecord;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.util.List;

/**
 * The state of a run as metrics of Prometheus. Counters and gauges of the run itself are there from
 * the start; those of a row from its first fork on, and grow with each.
 *
 * <p>Written by the thread of the run; may be scraped by any thread at the same time.
 */
public final class RunMetrics {

  private static final String WARM_UP = "warm-up";
  private static final String MEASUREMENT = "measurement";

  private final PrometheusRegistry registry = new PrometheusRegistry();
  private final Counter forks =
      Counter.builder()
          .name("mooseng_bench_forks_started")
          .help("Forks that were started, those that warm up included.")
          .register(registry);
  private final Counter iterations =
      Counter.builder()
          .name("mooseng_bench_iterations_started")
          .help("Iterations that were started.")
          .labelNames("phase")
          .register(registry);
  private final Gauge remaining =
      gauge("mooseng_bench_remaining_seconds", "Estimate of the time the run still takes.");
  private final Gauge cellsFinished =
      gauge("mooseng_bench_cells_finished", "Cells of the plan that have come to their end.");
  private final Gauge cellsFailed =
      gauge("mooseng_bench_cells_failed", "Cells that have come to their end and failed.");
  private final Gauge lastUpdate =
      gauge("mooseng_bench_last_update_timestamp_seconds", "When a metric here last changed.");
  private final RowCollectors rows = new RowCollectors();

  /**
   * @param cells of the plan
   */
  public RunMetrics(RunRecord run, int cells) {
    Gauge.builder()
        .name("mooseng_bench_run_info")
        .help("Always 1; the run this program carries out.")
        .labelNames("run_id")
        .register(registry)
        .labelValues(run.runId())
        .set(1);
    gauge("mooseng_bench_run_start_timestamp_seconds", "When the run began.")
        .set(run.startedAt().toEpochMilli() / 1e3);
    gauge("mooseng_bench_cells", "Cells of the plan.").set(cells);
    iterations.initLabelValues(WARM_UP);
    iterations.initLabelValues(MEASUREMENT);
    rows.register(registry);
    touched();
  }

  /** What is exposed. */
  public PrometheusRegistry registry() {
    return registry;
  }

  public void forkStarted(Duration left) {
    forks.inc();
    remaining.set(left.toMillis() / 1e3);
    touched();
  }

  public void iterationStarted(boolean warmup) {
    iterations.labelValues(warmup ? WARM_UP : MEASUREMENT).inc();
    touched();
  }

  /**
   * A row as far as it is measured, in place of what was known of it.
   *
   * @param measurements its forks so far
   */
  public void row(ResultRecord row, List<ForkMeasurement> measurements) {
    rows.put(row, measurements);
    touched();
  }

  public void rowFinished(ResultRecord row) {
    cellsFinished.inc();
    if (row.status() == ResultStatus.FAILED) {
      cellsFailed.inc();
    }
    touched();
  }

  /** The run has come to its end: what stays in a file must say so. */
  public void finished(RunRecord run) {
    remaining.set(0);
    gauge("mooseng_bench_run_end_timestamp_seconds", "When the run came to its end.")
        .set(run.finishedAt().toEpochMilli() / 1e3);
    touched();
  }

  private Gauge gauge(String name, String help) {
    return Gauge.builder().name(name).help(help).register(registry);
  }

  private void touched() {
    lastUpdate.set(System.currentTimeMillis() / 1e3);
  }
}
