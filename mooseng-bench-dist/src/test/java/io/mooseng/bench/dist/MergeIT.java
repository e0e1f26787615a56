package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two load machines, which are two processes here, that start together and are joined. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class MergeIT {

  private static final long SECONDS_TO_GET_READY = 12;

  @TempDir static Path directory;

  private static final List<RunFiles> RUNS = new ArrayList<>();
  private static Instant start;

  @BeforeAll
  static void startTogether() throws IOException, InterruptedException {
    start = Instant.now().plusSeconds(SECONDS_TO_GET_READY).truncatedTo(ChronoUnit.SECONDS);
    BenchmarksJar one = BenchmarksJar.in(directory.resolve("one"));
    BenchmarksJar other = BenchmarksJar.in(directory.resolve("other"));
    try (RunningJar first = one.start(plan());
        RunningJar second = other.start(plan())) {
      first.await().exited(0);
      second.await().exited(0);
    }
    RUNS.add(RunFiles.onlyOneIn(one.results()));
    RUNS.add(RunFiles.onlyOneIn(other.results()));
  }

  private static String[] plan() {
    return ("MetadataBenchmark.stat --target memory:/ -f 1 -wi 0 -i 2 -r 1s --ceiling-time 500ms"
            + " --start-at "
            + start)
        .split(" ");
  }

  @Test
  void operationsOfBothAreInTheJoinedRun() throws IOException, InterruptedException {
    JarRun merge = merge("joined", RUNS.get(0).file(""), RUNS.get(1).file("")).exited(0);

    RunFiles joined = RunFiles.onlyOneIn(directory.resolve("joined"));
    assertThat(merge.stdout()).contains("MetadataBenchmark.stat");
    double operations = 0;
    for (RunFiles run : RUNS) {
      operations += metric(run, "operations");
    }
    assertThat(metric(joined, "operations")).isPositive().isEqualTo(operations);
    assertThat(metric(joined, "throughput")).isGreaterThan(metric(RUNS.get(0), "throughput"));
    JsonNode merged = joined.run().path("configuration").path("merged");
    assertThat(merged).hasSize(2);
    for (JsonNode origin : merged) {
      // Nobody began before the start; how long a JVM takes to start is not asserted.
      assertThat(origin.path("firstOperationAfterStartAtMillis").asLong(-1)).isNotNegative();
    }
    assertThat(joined.file("report.html")).exists();
  }

  @Test
  void whatIsNotOneLoadIsRefused() throws IOException, InterruptedException {
    Path run = RUNS.get(0).file("");
    merge("no", run).exited(2).saidInOneLine("two runs");
    merge("no", run, run).exited(2).saidInOneLine("given twice");
    BenchmarksJar alone = BenchmarksJar.in(directory.resolve("alone"));
    alone.runBriefly("MetadataBenchmark.stat", "--target", "memory:/").exited(0);
    merge("no", run, RunFiles.onlyOneIn(alone.results()).file(""))
        .exited(2)
        .saidInOneLine("not of one plan");
    assertThat(Files.exists(directory.resolve("no"))).isFalse();
  }

  @Test
  void aStartThatHasPassedIsRefused() throws IOException, InterruptedException {
    BenchmarksJar.in(directory.resolve("late"))
        .runBriefly("MetadataBenchmark.stat", "--start-at", "2026-03-01T10:20:30Z")
        .exited(2)
        .saidInOneLine("--start-at 2026-03-01T10:20:30Z", "next 24 hours");
  }

  private static double metric(RunFiles run, String name) throws IOException {
    return run.onlyRow().path("metrics").path(name).path("value").asDouble();
  }

  private static JarRun merge(String out, Path... runs) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("merge"));
    for (Path run : runs) {
      arguments.add(run.toString());
    }
    arguments.addAll(List.of("--out", directory.resolve(out).toString()));
    return BenchmarksJar.in(directory.resolve("merging")).run(arguments.toArray(String[]::new));
  }
}
