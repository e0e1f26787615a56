package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is left of a run that is ended from outside. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class InterruptedRunIT {

  private static final String FORK = "org.openjdk.jmh.runner.ForkedMain";

  /** The first row takes a moment, the second longer than any test waits. */
  private static final String[] TWO_ROWS = {
    "FileReadBenchmark", "-p", "size=1KB,4KB", "-f", "1", "-wi", "0", "-i", "1", "-r", "3s"
  };

  private static final String[] ONE_LONG_ROW = {
    "FileReadBenchmark", "-p", "size=1KB", "-f", "1", "-wi", "0", "-i", "1", "-r", "300s"
  };

  private static final String[] LONG_ROWS = {
    "FileReadBenchmark", "-p", "size=1KB,4KB", "-f", "1", "-wi", "0", "-i", "1", "-r", "300s"
  };

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  @Test
  void ctrlCLeavesAReadableShorterRunAndNoProcess() throws IOException, InterruptedException {
    try (RunningJar running = jar.start(TWO_ROWS)) {
      awaitFirstRow(running);
      running.interrupt();
      JarRun run = running.await();

      assertThat(run.exitCode()).isNotZero();
      assertThat(run.withoutStackTrace().stdout())
          .containsPattern("Run \\S+: interrupted, 1 row\n")
          .contains("FileReadBenchmark.read", "size=1KB", "Results: ")
          .doesNotContain("size=4KB");
      MarkedProcesses.awaitNone(jar.mark());
    }

    assertShorterRun();
    assertThat(scratchDirectories()).isEmpty();
  }

  @Test
  void nothingIsBegunAfterCtrlC() throws IOException, InterruptedException {
    try (RunningJar running = jar.start(LONG_ROWS)) {
      Await.until("a fork", () -> !MarkedProcesses.of(jar.mark(), FORK).isEmpty());
      running.interrupt();
      JarRun run = running.await();

      assertThat(run.stderr()).contains("[1/2]", "interrupted").doesNotContain("[2/2]", "FAILED");
      assertThat(run.stdout()).as("no row has ended").isEmpty();
      run.withoutLeavings();
      MarkedProcesses.awaitNone(jar.mark());
    }

    assertThat(scratchDirectories()).isEmpty();
  }

  @Test
  void killLeavesAReadableShorterRunAndNoProcess() throws IOException, InterruptedException {
    try (RunningJar running = jar.start(TWO_ROWS)) {
      awaitFirstRow(running);
      running.kill();
      MarkedProcesses.awaitNone(jar.mark());
    }

    assertShorterRun();
    jar.runBriefly("HarnessOverheadBenchmark.baseline").exited(0);
    assertThat(scratchDirectories()).as("after the next run").isEmpty();
  }

  @Test
  void aKilledServerFailsTheRowAndTheRunGoesOn() throws IOException, InterruptedException {
    try (RunningJar running = jar.start(TWO_ROWS)) {
      Await.until("a fork", () -> !MarkedProcesses.of(jar.mark(), FORK).isEmpty());
      MarkedProcesses.of(jar.mark(), " serve ").forEach(ProcessHandle::destroyForcibly);
      running.await().exited(1).withoutStackTrace();
      MarkedProcesses.awaitNone(jar.mark());
    }

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows()).hasSize(2);
    assertThat(files.rows().get(0).path("failure").path("kind").asText()).isEqualTo("unavailable");
    assertThat(files.rows().get(1).path("status").asText()).isEqualTo("ok");
  }

  @Test
  void aSecondRunIsToldOfTheFirst() throws IOException, InterruptedException {
    try (RunningJar first = jar.start(ONE_LONG_ROW)) {
      Await.until("a fork", () -> !MarkedProcesses.of(jar.mark(), FORK).isEmpty());

      jar.runBriefly("HarnessOverheadBenchmark.baseline").exited(4).saidInOneLine("lock");

      assertThat(first.isAlive()).isTrue();
    }
    MarkedProcesses.awaitNone(jar.mark());
  }

  private void awaitFirstRow(RunningJar running) throws InterruptedException {
    Await.until(
        "the first row in all files",
        () -> !running.isAlive() || RunFiles.rowsIn(jar.results()) == 1 && Files.exists(jmhJson()));
    assertThat(running.isAlive()).as("the run is still under way").isTrue();
  }

  /** The last file that is written for a row. */
  private Path jmhJson() throws IOException {
    return RunFiles.onlyOneIn(jar.results()).file("jmh.json");
  }

  private void assertShorterRun() throws IOException {
    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.run().path("status").asText()).isEqualTo("interrupted");
    JsonNode first = files.rows().get(0);
    assertThat(first.path("status").asText()).isEqualTo("ok");
    assertThat(first.path("metrics").path("operations").path("value").asLong()).isPositive();
    assertThat(RunFiles.json(files.file("jmh.json"))).hasSize(1);
    assertThat(files.file("results.csv")).isNotEmptyFile();
    assertThat(files.file("histograms.hlog")).isNotEmptyFile();
  }

  private Stream<Path> scratchDirectories() throws IOException {
    return Files.list(jar.temporaryDirectory())
        .filter(path -> path.getFileName().toString().startsWith("mooseng-bench-"));
  }
}
