package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A long run, and what is left of one that is ended. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class SoakIT {

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  /** Far more time than any test waits, in windows of a second. */
  private static final String[] LONG =
      "FileReadBenchmark.read -p size=4KB -wi 0 --ceiling-time 100ms --soak 300s -r 1s".split(" ");

  /** Lines of a metric, one for each window. */
  private List<String> samples(String metric) throws IOException {
    Path file = RunFiles.onlyOneIn(jar.results()).file("samples.csv");
    if (!Files.exists(file)) {
      return List.of();
    }
    try (Stream<String> lines = Files.lines(file)) {
      return lines.filter(line -> line.contains("," + metric + ",")).toList();
    }
  }

  /** Schedules that take their length and a little more: so the clock ends them, not the plan. */
  @Test
  void windowsAreSamplesAndTheTrendIsSaid() throws IOException, InterruptedException {
    JarRun run =
        jar.run(
                ("OpenLoopBenchmark.stat --rate 50 --duration 100ms -wi 0 --ceiling-time 100ms"
                        + " --no-progress --soak 10s")
                    .split(" "))
            .exited(0)
            .withoutStackTrace();

    int windows = samples("response.p50").size();
    assertThat(windows).isGreaterThanOrEqualTo(2);
    assertThat(samples("schedule.rate.achieved")).hasSize(windows);
    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.onlyRow().path("status").asText()).isEqualTo("ok");
    JsonNode forks = files.onlyRow().path("forks");
    assertThat(forks).hasSize(1);
    assertThat(forks.get(0).path("iterations")).hasSizeBetween(windows, 99);
    assertThat(Files.readString(files.file("trends.csv"))).contains(",response.p50,ns,lower,");
    assertThat(run.stdout())
        .contains("OpenLoopBenchmark.stat", ": " + windows + " windows in ", "Samples: ")
        .containsPattern("no trend: |too few windows for a trend|response\\.p50 (rose|fell) by ");
    MarkedProcesses.awaitNone(jar.mark());
  }

  @Test
  void ctrlCLeavesTheSamplesAndSaysWhatTheyShow() throws IOException, InterruptedException {
    try (RunningJar running = jar.start(LONG)) {
      awaitTwoWindows(running);
      running.interrupt();
      JarRun run = running.await();

      assertThat(run.exitCode()).isNotZero();
      assertThat(run.withoutStackTrace().stderr())
          .contains("interrupted; finished results are in ", "windows in ", "Samples: ")
          .contains("too few windows for a trend (10 are needed): ", "throughput (");
      MarkedProcesses.awaitNone(jar.mark());
    }
    assertThat(samples("throughput")).hasSizeGreaterThanOrEqualTo(2);
  }

  @Tag("acceptance")
  @Test
  void killLeavesTheSamples() throws IOException, InterruptedException {
    try (RunningJar running = jar.start(LONG)) {
      awaitTwoWindows(running);
      running.kill();
      MarkedProcesses.awaitNone(jar.mark());
    }
    assertThat(samples("throughput"))
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(line -> line.contains(",op/s,higher,"));
  }

  private void awaitTwoWindows(RunningJar running) throws InterruptedException {
    Await.until("two windows", () -> !running.isAlive() || samples("throughput").size() >= 2);
    assertThat(running.isAlive()).as("the run is still under way").isTrue();
  }
}
