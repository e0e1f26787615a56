package io.mooseng.bench.core.report.prometheus;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * A file of metrics in Prometheus's text format, for the textfile collector of its node exporter.
 * It is replaced as a whole: a collector never reads half of one.
 */
public final class MetricsFile {

  private final Path file;
  private final PrometheusRegistry registry;

  public MetricsFile(Path file, PrometheusRegistry registry) {
    this.file = file;
    this.registry = registry;
  }

  /**
   * Writes the present state.
   *
   * @throws IOException if it cannot be written
   */
  public void write() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(bytes, registry.scrape());
    // The collector reads what ends in .prom.
    Path temporary = file.resolveSibling(file.getFileName() + ".tmp");
    Files.write(temporary, bytes.toByteArray());
    Files.move(
        temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
