package io.mooseng.bench.core.report.prometheus;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.SampleRuns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunMetricsTest {

  private static final Pattern BUCKET =
      Pattern.compile("mooseng_bench_latency_seconds_bucket\\{[^}]*le=\"([^\"]+)\"} (\\d+)");

  @TempDir Path directory;

  private final RunMetrics metrics = new RunMetrics(RunRecord.begun(SampleRuns.header()), 7);

  @Test
  void theRunIsThereFromTheStart() throws IOException {
    assertThat(text())
        .contains("mooseng_bench_run_info{run_id=\"20260301T102030Z-a1b2c3\"} 1.0")
        .contains("mooseng_bench_cells 7.0", "mooseng_bench_cells_finished 0.0")
        .contains("mooseng_bench_iterations_started_total{phase=\"warm-up\"} 0.0")
        .doesNotContain("mooseng_bench_latency_seconds_bucket");
  }

  @Test
  void countsHowItGetsOn() throws IOException {
    metrics.forkStarted(Duration.ofMillis(1_500));
    metrics.iterationStarted(true);
    metrics.iterationStarted(false);
    metrics.iterationStarted(false);
    SampleRuns.entries().forEach(entry -> metrics.rowFinished(entry.result()));
    assertThat(text())
        .contains("mooseng_bench_forks_started_total 1.0")
        .contains("mooseng_bench_remaining_seconds 1.5")
        .contains("mooseng_bench_iterations_started_total{phase=\"measurement\"} 2.0")
        .contains("mooseng_bench_cells_finished 7.0", "mooseng_bench_cells_failed 2.0");
  }

  /** Buckets are cumulative, the last holds all, and each count is that of the histogram. */
  @Test
  void bucketsHoldTheOperationsOfAllForks() throws IOException {
    SampleRuns.Entry entry = SampleRuns.entries().get(0);
    metrics.row(entry.result(), entry.measurements());
    Matcher buckets = BUCKET.matcher(text());
    long last = 0;
    int found = 0;
    while (buckets.find()) {
      double seconds = buckets.group(1).equals("+Inf") ? 1e9 : Double.parseDouble(buckets.group(1));
      long expected =
          entry.measurements().stream()
              .mapToLong(
                  fork ->
                      fork.latencyNanos()
                          .getCountBetweenValues(0, (long) Math.min(1e18, seconds * 1e9)))
              .sum();
      assertThat(Long.parseLong(buckets.group(2))).isEqualTo(expected);
      last = Long.parseLong(buckets.group(2));
      found++;
    }
    assertThat(found).isEqualTo(26);
    assertThat(last).isEqualTo(2_400);
    assertThat(text()).contains("mooseng_bench_latency_seconds_count{", "} 2400");
  }

  @Test
  void aRowTakesThePlaceOfWhatWasKnownOfIt() throws IOException {
    SampleRuns.Entry entry = SampleRuns.entries().get(0);
    metrics.row(entry.result(), entry.measurements().subList(0, 1));
    metrics.row(entry.result(), entry.measurements());
    assertThat(text().lines().filter(line -> line.startsWith("mooseng_bench_operations{")))
        .singleElement()
        .asString()
        .endsWith(" " + entry.result().valueOrNull(Metrics.OPERATIONS));
  }

  @Test
  void labelsFromOutsideAreEscaped() throws IOException {
    ResultRecord row =
        SampleRuns.row("file.SampleBenchmark.run", Map.of("path", "a\"b\nc\\", "target", "t1"), 5);
    metrics.row(row, List.of());
    assertThat(text()).contains("params=\"path=a%22b%0Ac%5C;target=t1\"");
  }

  @Test
  void theFileIsReplacedAsAWhole() throws IOException {
    text();
    metrics.finished(SampleRuns.run());
    assertThat(text()).contains("mooseng_bench_run_end_timestamp_seconds 1.77236");
    assertThat(directory)
        .isDirectoryContaining("glob:**.prom")
        .isDirectoryNotContaining("glob:**.tmp");
  }

  private String text() throws IOException {
    Path file = directory.resolve("bench.prom");
    new MetricsFile(file, metrics.registry()).write();
    return Files.readString(file);
  }
}
