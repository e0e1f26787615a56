package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Large runs on two processors, which the program has read by a JVM of another kind. */
class OneCompilerIT {

  /** Two runs of so many, of one fork each, are large together. */
  private static final int ROWS = 5_000;

  private static final String TWO_PROCESSORS = "-XX:ActiveProcessorCount=2";

  @TempDir static Path directory;

  private static BenchmarksJar here;
  private static BenchmarksJar elsewhere;
  private static String base;
  private static String candidate;

  @BeforeAll
  static void makeTheRuns() throws IOException, InterruptedException {
    here = BenchmarksJar.in(directory.resolve("run"));
    elsewhere = here.withJvmOptions(TWO_PROCESSORS);
    here.runBriefly("FileReadBenchmark", "--target", "memory:/", "-p", "size=1KB").exited(0);
    RunFiles files = RunFiles.onlyOneIn(here.results());
    base = written(files, "base", 1, 0);
    candidate = written(files, "candidate", 2, 0.1);
  }

  private static String written(RunFiles files, String name, long seed, double slower)
      throws IOException {
    Path run = Files.createDirectory(directory.resolve(name));
    new LargeRun(ROWS, 1, seed, slower).write(files, run);
    return run.toString();
  }

  @Test
  void whatIsSaidIsTheSame() throws IOException, InterruptedException {
    JarRun one = here.run("compare", base, candidate, "--noise", "none");
    JarRun other = elsewhere.run("compare", base, candidate, "--noise", "none");
    assertThat(other.stdout()).isEqualTo(one.stdout());
    assertThat(other.stderr()).isEqualTo(one.stderr()).isEmpty();
    assertThat(other.exitCode()).isEqualTo(one.exitCode()).isEqualTo(3);
    elsewhere
        .run("compare", base, candidate, "--across")
        .exited(2)
        .stderr()
        .contains("Unknown option");
  }

  /** The jar is as large as a large run, and each run would take the options over. */
  @Test
  void whatIsMeasuredHasBothCompilers() throws IOException, InterruptedException {
    String jar = BenchmarksJar.FILE.toAbsolutePath().toString();
    List<String> arguments = new ArrayList<>(List.of("compare", "--jar-a", jar, "--jar-b", jar));
    arguments.addAll(List.of("--pairs", "2", "--noise", "none", "--ceiling-time", "100ms"));
    arguments.addAll(List.of("-wi", "0", "-i", "1", "-r", "100ms"));
    arguments.addAll(List.of("FileReadBenchmark", "--target", "memory:/", "-p", "size=1KB"));
    elsewhere.run(arguments.toArray(String[]::new)).exited(3);
    // Of the JVM, and what forks on two processors are given (decision 021).
    String flags =
        "-Djava.io.tmpdir=%s %s -XX:+UseSerialGC"
            .formatted(elsewhere.temporaryDirectory(), TWO_PROCESSORS);
    try (Stream<Path> files = Files.walk(elsewhere.results())) {
      List<Path> runs = files.filter(file -> file.endsWith("run.json")).toList();
      assertThat(runs).hasSizeGreaterThanOrEqualTo(4);
      for (Path run : runs) {
        JsonNode hard = RunFiles.json(run).at("/environment/hard");
        assertThat(hard.path("jvm.flags").asText()).as(run.toString()).isEqualTo(flags);
        assertThat(hard.path("gc").asText()).isEqualTo("Serial");
      }
    }
  }

  @Test
  void theOtherJvmEndsWithTheOneThatWasStarted() throws IOException, InterruptedException {
    try (RunningJar running = elsewhere.start("report", base, candidate)) {
      Await.until("another JVM", () -> MarkedProcesses.of(elsewhere.mark()).size() == 2);
      running.kill();
      Await.until("its end", () -> MarkedProcesses.of(elsewhere.mark()).isEmpty());
    }
    try (RunningJar running = elsewhere.start("report", base, candidate)) {
      Await.until("another JVM", () -> MarkedProcesses.of(elsewhere.mark()).size() == 2);
      running.interrupt();
      assertThat(running.await().exitCode()).isEqualTo(130);
      assertThat(MarkedProcesses.of(elsewhere.mark())).isEmpty();
    }
  }
}
