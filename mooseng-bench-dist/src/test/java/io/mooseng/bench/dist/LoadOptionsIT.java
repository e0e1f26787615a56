package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations that come at a rate. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class LoadOptionsIT {

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  private RunFiles files() throws IOException {
    return RunFiles.onlyOneIn(jar.results());
  }

  private static double value(JsonNode row, String metric) {
    assertThat(row.path("metrics").has(metric)).as(metric).isTrue();
    return row.path("metrics").path(metric).path("value").asDouble();
  }

  private static List<String> warnings(JsonNode row) {
    List<String> warnings = new ArrayList<>();
    row.path("warnings").forEach(warning -> warnings.add(warning.asText()));
    return warnings;
  }

  /** So few that the last of them may start 100 ms late: a busy machine is no defect. */
  @ParameterizedTest
  @CsvSource({"read, constant", "stat, poisson", "write, constant"})
  void aRateThatTheTargetSustains(String method, String arrival) throws Exception {
    JarRun run =
        jar.run(
                "OpenLoopBenchmark." + method,
                "--target",
                "memory:/",
                "--rate",
                "10/s",
                "--arrival",
                arrival,
                "--duration",
                "3s",
                "-f",
                "1",
                "-wi",
                "0")
            .exited(0);

    JsonNode row = files().onlyRow();
    assertThat(row.path("params").path("rate").asText()).isEqualTo("10/s");
    double asked = value(row, "schedule.rate.asked");
    assertThat(asked).isBetween(3.0, 30.0);
    assertThat(value(row, "schedule.rate.achieved")).isBetween(asked * 0.999, asked * 1.001);
    assertThat(value(row, "schedule.dropped")).isZero();
    assertThat(value(row, "operations")).isEqualTo(Math.rint(asked * 3));
    if (arrival.equals("constant")) {
      assertThat(value(row, "operations")).isEqualTo(30);
    }
    for (String times : List.of("response", "schedule.lag")) {
      assertThat(row.path("metrics").path(times + ".p99_9").path("n").asInt())
          .isEqualTo((int) value(row, "operations"));
      assertThat(value(row, times + ".max")).isPositive();
    }
    assertThat(row.path("metrics").has("jmh.score")).as("the length of the schedule").isFalse();
    assertThat(warnings(row)).noneMatch(warning -> warning.contains("sustained"));
    assertThat(run.stdout()).contains("response p50 ", "lag p50 ");
    JsonNode configuration = files().run().path("configuration");
    assertThat(configuration.path("rate").asText()).isEqualTo("10/s");
    assertThat(configuration.path("arrival").asText()).isEqualTo(arrival);
    assertThat(configuration.path("duration").asText()).isEqualTo("3s");
    assertThat(configuration.path("find-max-rate").isNull()).isTrue();
  }

  /** No thread writes a file in a microsecond. */
  @Test
  void aRateBeyondTheTargetIsNotSustained() throws Exception {
    JarRun run =
        jar.run(
                "OpenLoopBenchmark.write",
                "--target",
                "memory:/",
                "--rate",
                "1000000",
                "--duration",
                "200ms",
                "-p",
                "inFlight=1",
                "-f",
                "1",
                "-wi",
                "0")
            .exited(0);

    JsonNode row = files().onlyRow();
    assertThat(warnings(row))
        .anyMatch(warning -> warning.startsWith("not sustained: asked 1,000,000 op/s, achieved "));
    assertThat(value(row, "schedule.dropped") + value(row, "operations")).isEqualTo(200_000);
    assertThat(value(row, "schedule.rate.achieved")).isLessThan(999_000);
    assertThat(run.stdout()).contains("not sustained: asked 1,000,000 op/s");
  }

  @Test
  void theHighestRateIsSearchedInOneRow() throws Exception {
    JarRun run =
        jar.run(
                "OpenLoopBenchmark.stat",
                "--target",
                "memory:/",
                "--find-max-rate",
                "p50<1s",
                "--duration",
                "1s",
                "-f",
                "1",
                "-wi",
                "0")
            .exited(0);

    JsonNode row = files().onlyRow();
    assertThat(row.path("params").path("rate").asText()).isEqualTo("max(p50<1s)");
    assertThat(run.stderr()).contains("highest rate: at 100 op/s for 1.0 s ");
    // On a machine so busy that no schedule is kept, it must be said that none was found.
    boolean found = row.path("metrics").has("schedule.rate.max");
    assertThat(warnings(row).stream().anyMatch(warning -> warning.startsWith("no rate found")))
        .isNotEqualTo(found);
    if (found) {
      double rate = value(row, "schedule.rate.max");
      assertThat(rate).isGreaterThanOrEqualTo(20);
      assertThat(value(row, "schedule.rate.asked"))
          .as("only the schedule at that rate is reported")
          .isBetween(rate - 1, rate + 1);
      assertThat(value(row, "operations")).isBetween(rate - 1, rate + 1);
    }
  }

  @Test
  void aServerThatIsKilledInMidScheduleCostsErrorsAndNoTime() throws Exception {
    String[] command = {
      "OpenLoopBenchmark.stat",
      "--rate",
      "50",
      "--duration",
      "15s",
      "-f",
      "1",
      "-wi",
      "1",
      "-v",
      "NORMAL"
    };
    try (RunningJar running = jar.start(command)) {
      // Printed when the schedule that is measured begins.
      running.awaitLine("Iteration   1: ");
      MarkedProcesses.of(jar.mark(), " serve ").forEach(ProcessHandle::destroyForcibly);
      running.await().exited(1);
      MarkedProcesses.awaitNone(jar.mark());
    }

    JsonNode row = files().onlyRow();
    assertThat(row.path("status").asText()).isEqualTo("failed");
    assertThat(row.path("failure").path("kind").asText()).isEqualTo("unavailable");
    assertThat(value(row, "operations") + value(row, "schedule.dropped")).isEqualTo(750);
    assertThat(value(row, "errors.unavailable")).isPositive();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--rate | 0 | --rate '0' is not a rate",
        "--rate | 1e9 | --rate '1e9' is not a rate",
        "--duration | 0s | --duration '0s' is no length of a schedule",
        "--arrival | regular | accepted: constant, poisson",
        "--find-max-rate | p99 | --find-max-rate 'p99' is no latency objective",
        "-t | 2 | -t 2: one thread paces the schedule of OpenLoopBenchmark.stat",
        "-bm | thrpt | -bm thrpt: one call of OpenLoopBenchmark.stat is a whole schedule",
        "-p | rate=-1 | -p rate=-1: '-1' is not a rate",
        "-p | inFlight=0 | -p inFlight=0: accepted: a whole number from 1 to 10000"
      })
  void badValuesAreRefused(String option, String value, String message) throws Exception {
    jar.run("OpenLoopBenchmark.stat", "--target", "memory:/", option, value)
        .exited(2)
        .saidInOneLine(message);
  }

  @Test
  void aRowThatTakesNoRateIsRefused() throws Exception {
    jar.run("FileReadBenchmark", "--rate", "2000")
        .exited(2)
        .saidInOneLine("--rate 2000/s: FileReadBenchmark.read takes no --rate;", "OpenLoop");
    jar.run("OpenLoopBenchmark", "--rate", "1", "--find-max-rate", "p99<1s")
        .exited(2)
        .saidInOneLine("--rate 1/s with --find-max-rate p99<1s: accepted: one of them");
  }
}
