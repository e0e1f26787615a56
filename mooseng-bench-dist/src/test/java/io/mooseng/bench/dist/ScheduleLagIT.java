package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * How late starts are at 2,000 op/s on the control target: 1 ms at p99.9, or less, on a quiet
 * machine. Whether the machine was quiet is told by a loop that does nothing but to be on time,
 * before and after each of our runs; what ran beside a machine that was late by itself says nothing
 * about us.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("acceptance")
class ScheduleLagIT {

  private static final int ENOUGH = 5;
  private static final int ATTEMPTS = 15;
  private static final double GOAL_NANOS = 1e6;

  /** A machine that is later by itself leaves us less than half of the goal. */
  private static final double QUIET_NANOS = GOAL_NANOS / 2;

  @TempDir Path directory;

  @Test
  void startsOnAQuietMachineAreAtMostAMillisecondLate() throws Exception {
    List<Double> quiet = new ArrayList<>();
    double before = bareLoop();
    for (int i = 0; i < ATTEMPTS && quiet.size() < ENOUGH; i++) {
      double ours = harness(directory.resolve("attempt-" + i));
      double after = bareLoop();
      boolean counts = Math.max(before, after) <= QUIET_NANOS;
      if (counts) {
        quiet.add(ours);
      }
      System.out.printf(
          Locale.ROOT,
          "lag p99.9: ours %.2f ms; a bare loop before %.2f ms, after %.2f ms%s%n",
          ours / 1e6,
          before / 1e6,
          after / 1e6,
          counts ? "" : ": not quiet, does not count");
      before = after;
    }
    if (quiet.size() < ENOUGH) {
      String reason =
          "skipped: only %d of %d runs were on a quiet machine (a bare loop's p99.9 up to %.1f ms)"
              .formatted(quiet.size(), ATTEMPTS, QUIET_NANOS / 1e6);
      System.out.println(reason);
      abort(reason);
    }
    assertThat(median(quiet)).isLessThanOrEqualTo(GOAL_NANOS);
  }

  private static double bareLoop() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "test-classes").toString(),
                "io.mooseng.bench.dist.BareLoop",
                "2000",
                "20000")
            .redirectErrorStream(true)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).as(output).isZero();
    return Double.parseDouble(output.substring(output.lastIndexOf('\n') + 1));
  }

  private static double harness(Path directory) throws Exception {
    BenchmarksJar jar = BenchmarksJar.in(directory);
    jar.run(
            "OpenLoopBenchmark.read",
            "--target",
            "memory:/",
            "--rate",
            "2000/s",
            "--duration",
            "10s",
            "-f",
            "1",
            "-wi",
            "1")
        .exited(0);
    JsonNode metrics = RunFiles.onlyOneIn(jar.results()).onlyRow().path("metrics");
    assertThat(metrics.path("schedule.lag.p99_9").path("n").asInt()).isEqualTo(20_000);
    assertThat(metrics.path("schedule.rate.achieved").path("value").asDouble())
        .as("within 0.1 % of what was asked for")
        .isBetween(1_998.0, 2_002.0);
    return metrics.path("schedule.lag.p99_9").path("value").asDouble();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
