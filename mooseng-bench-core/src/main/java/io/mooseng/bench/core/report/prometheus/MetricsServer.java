package io.mooseng.bench.core.report.prometheus;

import io.prometheus.metrics.exporter.httpserver.HTTPServer;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;

/** Answers scrapes of Prometheus under {@code /metrics}, on threads of its own, until closed. */
public final class MetricsServer implements AutoCloseable {

  private final HTTPServer server;

  private MetricsServer(HTTPServer server) {
    this.server = server;
  }

  /**
   * Starts to answer.
   *
   * @param port 0 for any
   * @throws IOException if it cannot listen there
   */
  public static MetricsServer listen(InetAddress address, int port, PrometheusRegistry registry)
      throws IOException {
    return new MetricsServer(
        HTTPServer.builder().inetAddress(address).port(port).registry(registry).buildAndStart());
  }

  public int port() {
    return server.getPort();
  }

  @Override
  public void close() {
    server.close();
  }
}
