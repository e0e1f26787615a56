package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run tells Prometheus, asked by a real one. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class PrometheusIT {

  private static final Path PROMTOOL = Path.of("/usr/bin/promtool");
  private static final Path DEPLOY = Path.of("..", "deploy", "prometheus");

  @TempDir Path directory;

  @Test
  void aRunIsScrapedWhileItGoesOn() throws Exception {
    assumeTrue(Prometheus.isHere(), Prometheus.NEEDED);
    BenchmarksJar jar = BenchmarksJar.in(directory.resolve("run"));
    try (RunningJar run = jar.start(longRun("--metrics-port", "0"))) {
      int port = Prometheus.metricsPort(run);
      try (Prometheus scraper = Prometheus.start(directory, List.of(port))) {
        Await.until("a scrape", () -> scraper.answers("mooseng_bench_cells", "\"2\"]"));
        Await.until(
            "a histogram in Prometheus",
            () ->
                scraper.answers(
                    "histogram_quantile(0.5,mooseng_bench_latency_seconds_bucket)",
                    "MetadataBenchmark"));
        assertThat(run.isAlive()).isTrue();
      }
      run.interrupt();
      run.await();
    }
  }

  @Test
  void theFileIsWhatPromtoolTakesAndKeepsTheEnd() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory.resolve("run"));
    Path file = directory.resolve("bench.prom");

    jar.runBriefly(
            "MetadataBenchmark.stat", "--target", "memory:/", "--metrics-file", file.toString())
        .exited(0);

    assertThat(Files.readString(file))
        .contains("mooseng_bench_cells_finished 1.0", "mooseng_bench_remaining_seconds 0.0")
        .contains(
            "mooseng_bench_latency_seconds_bucket{", "mooseng_bench_run_end_timestamp_seconds")
        .contains("fidelity=\"control\"");
    assumeTrue(Files.isExecutable(PROMTOOL), "needs " + PROMTOOL + ": apt-get install prometheus");
    new Script(directory)
        .execute(Map.of(), List.of("sh", "-c", PROMTOOL + " check metrics <" + file))
        .exited(0);
  }

  @Test
  void theRulesAreRightAndAlertWhenTheyShould() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PROMTOOL), "needs " + PROMTOOL + ": apt-get install prometheus");
    Script script = new Script(directory);
    for (List<String> check :
        List.of(
            List.of("check", "config", "prometheus.yml"),
            List.of("check", "rules", "alerts.yml"),
            List.of("test", "rules", "alerts.test.yml"))) {
      script
          .execute(
              Map.of(),
              List.of(
                  PROMTOOL.toString(),
                  check.get(0),
                  check.get(1),
                  DEPLOY.resolve(check.get(2)).toString()))
          .exited(0);
    }
  }

  /** Every metric that rules and dashboard ask for is one that a run has. */
  @Test
  void rulesAndDashboardAskForWhatThereIs() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory.resolve("run"));
    Path file = directory.resolve("bench.prom");
    jar.runBriefly(
            "FileReadBenchmark.read",
            "--target",
            "memory:/",
            "-p",
            "size=64KB",
            "--metrics-file",
            file.toString())
        .exited(0);
    String metrics = Files.readString(file);
    String asked =
        Files.readString(DEPLOY.resolve("alerts.yml"))
            + Files.readString(Path.of("..", "deploy", "grafana", "run.json"));
    Matcher names = Pattern.compile("mooseng_bench_[a-z_]+").matcher(asked);
    int found = 0;
    while (names.find()) {
      assertThat(metrics).containsPattern("(?m)^" + names.group() + "[ {]");
      found++;
    }
    assertThat(found).isGreaterThan(10);
  }

  @Test
  void aPortThatIsTakenIsUnavailable() throws IOException, InterruptedException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      BenchmarksJar.in(directory.resolve("run"))
          .runBriefly(
              "MetadataBenchmark.stat",
              "--target",
              "memory:/",
              "--no-progress",
              "--metrics-port",
              Integer.toString(taken.getLocalPort()))
          .exited(4);
    }
  }

  private static String[] longRun(String... more) {
    List<String> all =
        new ArrayList<>(
            List.of(
                ("MetadataBenchmark.(stat|create) --target memory:/ -f 30 -wi 0 -i 1 -r 100ms")
                    .split(" ")));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }
}
