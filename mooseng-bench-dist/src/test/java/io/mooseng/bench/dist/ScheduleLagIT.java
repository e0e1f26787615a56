package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

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
 * How late starts are at 2,000 op/s on the control target, beside a loop that does nothing but to
 * be on time, before and after each of our runs. Where that loop says that the machine was quiet,
 * p99.9 is to be 1 ms or less; a machine that never is, is late by itself, and we may not be much
 * later.
 */
@Timeout(value = 15, unit = TimeUnit.MINUTES)
@Tag("acceptance")
class ScheduleLagIT {

  private static final int ENOUGH = 5;
  private static final int ATTEMPTS = 15;
  private static final double GOAL_NANOS = 1e6;
  private static final double OF_BARE_LOOP = 2;

  /** A machine that is later by itself leaves us less than half of the goal. */
  private static final double QUIET_NANOS = GOAL_NANOS / 2;

  @TempDir Path directory;

  @Test
  void startsAreHardlyLaterThanThoseOfABareLoop() throws Exception {
    List<Double> quiet = new ArrayList<>();
    List<Double> all = new ArrayList<>();
    List<Double> bare = new ArrayList<>(List.of(bareLoop()));
    while (all.size() < ATTEMPTS && quiet.size() < ENOUGH) {
      double before = bare.get(bare.size() - 1);
      double ours = harness(directory.resolve("attempt-" + all.size()));
      double after = bareLoop();
      all.add(ours);
      bare.add(after);
      boolean isQuiet = Math.max(before, after) <= QUIET_NANOS;
      if (isQuiet) {
        quiet.add(ours);
      }
      System.out.printf(
          Locale.ROOT,
          "lag p99.9: ours %.2f ms; a bare loop before %.2f ms, after %.2f ms%s%n",
          ours / 1e6,
          before / 1e6,
          after / 1e6,
          isQuiet ? "" : ": not quiet");
    }
    if (quiet.size() == ENOUGH) {
      assertThat(median(quiet)).isLessThanOrEqualTo(GOAL_NANOS);
    } else {
      System.out.printf(
          Locale.ROOT,
          "not seen whether lag is 1 ms on a quiet machine: %d of %d runs were on one;"
              + " medians %.2f ms, of the bare loop %.2f ms%n",
          quiet.size(),
          all.size(),
          median(all) / 1e6,
          median(bare) / 1e6);
      assertThat(median(all)).isLessThanOrEqualTo(OF_BARE_LOOP * median(bare));
    }
  }

  private static double bareLoop() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                Path.of("target", "test-classes").toString(),
                "io.mooseng.bench.dist.BareLoop",
                "2000",
                "12000")
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
            "6s",
            "-f",
            "1",
            "-wi",
            "1")
        .exited(0);
    MarkedProcesses.awaitNone(jar.mark());
    JsonNode metrics = RunFiles.onlyOneIn(jar.results()).onlyRow().path("metrics");
    assertThat(metrics.path("schedule.lag.p99_9").path("n").asInt()).isEqualTo(12_000);
    assertThat(metrics.path("schedule.rate.achieved").path("value").asDouble())
        .as("within 0.1 % of what was asked for")
        .isBetween(1_998.0, 2_002.0);
    return metrics.path("schedule.lag.p99_9").path("value").asDouble();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }
}
