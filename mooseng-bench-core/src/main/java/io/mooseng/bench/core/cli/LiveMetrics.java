package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.LiveSettings;
import io.mooseng.bench.core.config.MetricsAddress;
import io.mooseng.bench.core.jmh.ProgressListener;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.report.prometheus.MetricsFile;
import io.mooseng.bench.core.report.prometheus.MetricsServer;
import io.mooseng.bench.core.report.prometheus.RunMetrics;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.target.UnavailableException;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Tells Prometheus how a run gets on, as far as the user asked for it. A file that cannot be
 * written is told once, and does not end the run.
 */
final class LiveMetrics implements ProgressListener, AutoCloseable {

  private final RunMetrics metrics;
  private final RemainingTime remaining;
  private final Optional<MetricsFile> file;
  private final Optional<MetricsServer> server;
  private final PrintStream err;
  private boolean complained;

  private LiveMetrics(
      RunMetrics metrics,
      RemainingTime remaining,
      Optional<MetricsFile> file,
      Optional<MetricsServer> server,
      PrintStream err) {
    this.metrics = metrics;
    this.remaining = remaining;
    this.file = file;
    this.server = server;
    this.err = err;
  }

  /**
   * Begins to tell.
   *
   * @throws UnavailableException if the port cannot be had
   */
  static LiveMetrics begin(LiveSettings settings, RunRecord run, Plan plan, PrintStream err) {
    RunMetrics metrics = new RunMetrics(run, plan.cells().size());
    Optional<MetricsServer> server =
        settings.metricsAddress().map(at -> listen(at, metrics.registry()));
    server.ifPresent(
        listening ->
            err.println(
                "metrics on http://"
                    + new MetricsAddress(settings.metricsAddress().get().host(), listening.port())
                    + "/metrics"));
    LiveMetrics live =
        new LiveMetrics(
            metrics,
            new RemainingTime(plan, System::nanoTime),
            settings.metricsFile().map(path -> new MetricsFile(path, metrics.registry())),
            server,
            err);
    live.write();
    return live;
  }

  static MetricsServer listen(MetricsAddress at, PrometheusRegistry registry) {
    try {
      return MetricsServer.listen(InetAddress.getByName(at.host()), at.port(), registry);
    } catch (UnknownHostException e) {
      throw new ConfigurationException("--metrics-port " + at + ": no such host");
    } catch (IOException e) {
      throw new UnavailableException(
          "--metrics-port " + at + ": cannot listen there: " + e.getMessage(), e);
    }
  }

  @Override
  public void forkStarted(Cell cell, int cellNumber, int fork) {
    metrics.forkStarted(remaining.atStartOf(cell, fork));
    write();
  }

  @Override
  public void iterationStarted(boolean warmup, int iteration, int of) {
    metrics.iterationStarted(warmup);
  }

  @Override
  public void rowMeasured(ResultRecord row, List<ForkMeasurement> measurements) {
    metrics.row(row, measurements);
    write();
  }

  @Override
  public void rowFinished(ResultRecord row) {
    metrics.rowFinished(row);
    write();
  }

  @Override
  public void preparing(String what) {}

  /** The run has come to its end. */
  void finished(RunRecord run) {
    metrics.finished(run);
    write();
  }

  private void write() {
    if (file.isEmpty()) {
      return;
    }
    try {
      file.get().write();
    } catch (IOException e) {
      if (!complained) {
        err.println("--metrics-file cannot be written: " + e.getMessage());
        complained = true;
      }
    }
  }

  @Override
  public void close() {
    server.ifPresent(MetricsServer::close);
  }
}
