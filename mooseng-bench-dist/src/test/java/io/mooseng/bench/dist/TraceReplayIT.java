package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.core.workload.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was recorded is performed again, operation by operation. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TraceReplayIT {

  private static final List<String> MIX =
      List.of("MixBenchmark", "-p", "population=256KB", "-t", "2", "--record-traces");

  @TempDir Path directory;

  private BenchmarksJar recording;
  private BenchmarksJar replaying;
  private Path files;

  @BeforeEach
  void prepare() throws IOException {
    recording = BenchmarksJar.in(directory.resolve("recording"));
    replaying = BenchmarksJar.in(directory.resolve("replaying"));
    files = Files.createDirectory(directory.resolve("files"));
  }

  private static String[] with(List<String> arguments, String... more) {
    return Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new);
  }

  /** How many operations of each kind succeeded. */
  private static Map<String, Long> counts(JsonNode row) {
    Map<String, Long> counts = new TreeMap<>();
    row.path("metrics")
        .properties()
        .forEach(
            metric -> {
              if (metric.getKey().matches("op\\..*\\.p50")) {
                counts.put(metric.getKey(), metric.getValue().path("n").asLong());
              }
            });
    return counts;
  }

  private static List<Path> tracesIn(Path results) throws IOException {
    try (Stream<Path> paths = Files.walk(results)) {
      return paths.filter(path -> path.toString().endsWith(".jsonl")).sorted().toList();
    }
  }

  @Test
  void aReplayHasTheCountsOfItsRecording() throws IOException, InterruptedException {
    recording
        .run(
            with(
                MIX,
                "-p",
                "workload=metadata-heavy,log-append",
                "-f",
                "1",
                "-wi",
                "1",
                "-w",
                "100ms",
                "-i",
                "2",
                "-r",
                "200ms",
                "--target",
                files.toUri().toString()))
        .exited(0);
    List<JsonNode> rows = RunFiles.onlyOneIn(recording.results()).rows();
    List<Path> traces = tracesIn(recording.results());
    assertThat(traces)
        .extracting(path -> path.getFileName().toString())
        .containsExactly("001-metadata-heavy-t1-fork1.jsonl", "002-log-append-t1-fork1.jsonl");

    for (int i = 0; i < traces.size(); i++) {
      BenchmarksJar jar = BenchmarksJar.in(directory.resolve("replaying-" + i));
      jar.run(
              "ReplayBenchmark",
              "--trace",
              traces.get(i).toString(),
              "-f",
              "1",
              "--target",
              files.toUri().toString())
          .exited(0);
      List<JsonNode> replayed = RunFiles.onlyOneIn(jar.results()).rows();
      assertThat(replayed)
          .extracting(row -> row.path("params").path("pace").asText())
          .containsExactly("recorded", "asap");
      assertThat(counts(rows.get(i))).isNotEmpty();
      for (JsonNode row : replayed) {
        assertThat(counts(row)).as(row.path("params").toString()).isEqualTo(counts(rows.get(i)));
        assertThat(row.path("metrics").path("errors").path("value").asLong()).isZero();
        assertThat(row.path("metrics").has("jmh.score")).isFalse();
      }
    }
    try (Stream<Path> left = Files.list(files)) {
      assertThat(left).as("left behind").isEmpty();
    }
  }

  @Test
  void eachRowAndForkHasATraceOfItsOwn() throws IOException, InterruptedException {
    JarRun run =
        recording.run(
            with(
                List.of(
                    "(MixBenchmark|LifeCycle|HarnessOverheadBenchmark.clock)", "--record-traces"),
                "-p",
                "population=256KB",
                "-p",
                "workload=web-home",
                "-p",
                "size=4KB",
                "-f",
                "2",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "100ms",
                "--target",
                "memory:/"));
    run.exited(0);
    assertThat(run.stderr())
        .contains(
            "--record-traces records operations on files whose rate is not searched;"
                + " 1 of 3 rows leave no trace");
    assertThat(tracesIn(recording.results()))
        .extracting(path -> path.getFileName().toString().replaceFirst("^\\d{3}-", ""))
        .containsExactlyInAnyOrder(
            "web-home-t1-fork1.jsonl",
            "web-home-t1-fork2.jsonl",
            "LifeCycleBenchmark.cycle-t1-fork1.jsonl",
            "LifeCycleBenchmark.cycle-t1-fork2.jsonl");
  }

  /**
   * Operations of benchmarks that are no mixes have the counts of their trace. All of them are
   * recorded and replayed in one JVM by {@code RecordedBenchmarksTest}.
   */
  @Test
  void benchmarksOfFilesArePerformedAgain() throws IOException, InterruptedException {
    recording
        .run(
            with(
                List.of(
                    "(FileRead|FileWrite|LifeCycle|RenameRace)Benchmark",
                    "MetadataBenchmark.(delete|renameAcross)"),
                "--record-traces",
                "-p",
                "size=4KB",
                "-p",
                "contenders=4",
                "-f",
                "1",
                "-wi",
                "1",
                "-w",
                "100ms",
                "-i",
                "2",
                "-r",
                "200ms"))
        .exited(0);
    List<Path> traces = tracesIn(recording.results());
    assertThat(traces)
        .extracting(path -> path.getFileName().toString().split("-")[1])
        .contains(
            "FileReadBenchmark.read",
            "FileWriteBenchmark.write",
            "LifeCycleBenchmark.cycle",
            "MetadataBenchmark.delete",
            "MetadataBenchmark.renameAcross",
            "RenameRaceBenchmark.race");
    for (Path trace : traces) {
      BenchmarksJar jar = BenchmarksJar.in(directory.resolve("again-" + trace.getFileName()));
      jar.run("ReplayBenchmark", "-p", "pace=asap", "--trace", trace.toString(), "-f", "1")
          .exited(0);
      JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
      assertThat(counts(row)).as(trace.toString()).isNotEmpty().isEqualTo(successesIn(trace));
      assertThat(row.path("metrics").path("errors").path("value").asLong()).isZero();
    }
  }

  private static Map<String, Long> successesIn(Path trace) throws IOException {
    Map<String, Long> counts = new TreeMap<>();
    try (TraceReader reader = TraceReader.open("trace", trace)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        if (next.get().failure().isEmpty()) {
          counts.merge("op." + next.get().operation().label() + ".p50", 1L, Long::sum);
        }
      }
    }
    return counts;
  }

  @Test
  void aKilledRunLeavesATraceThatCanBeRead() throws IOException, InterruptedException {
    String[] arguments =
        with(
            MIX,
            "-p",
            "workload=metadata-heavy",
            "-f",
            "1",
            "-wi",
            "0",
            "-i",
            "10000",
            "-r",
            "100ms",
            "--target",
            files.toUri().toString());
    try (RunningJar running = recording.start(arguments)) {
      Await.until("operations in a trace", () -> lines(recording.results()) > 50);
      running.kill();
      MarkedProcesses.awaitNone(recording.mark());
    }
    Path trace = tracesIn(recording.results()).get(0);
    long operations = 0;
    try (TraceReader reader = TraceReader.open("trace", trace)) {
      while (reader.next().isPresent()) {
        operations++;
      }
    }
    assertThat(operations).isGreaterThanOrEqualTo(50);

    byte[] bytes = Files.readAllBytes(trace);
    Path cut = directory.resolve("cut.jsonl");
    Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length - 10));
    long line = Files.readString(cut).lines().count();

    replaying
        .run("ReplayBenchmark", "--trace", cut.toString())
        .exited(2)
        .saidInOneLine("--trace", cut.toString(), "line " + line, "cut short");
  }

  private static long lines(Path results) throws IOException {
    if (!Files.isDirectory(results)) {
      return 0;
    }
    List<Path> traces = tracesIn(results);
    return traces.isEmpty() ? 0 : Files.readString(traces.get(0)).lines().count();
  }

  @Test
  void aPopulationLargerThanTheDiskIsExhaustionAndIsRemoved()
      throws IOException, InterruptedException {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "16m")) {
      Files.writeString(disk.path().resolve("mine"), "keep");

      recording
          .runBriefly(
              "MixBenchmark",
              "-p",
              "workload=object-store",
              "-p",
              "population=64MB",
              "--target",
              disk.path().toUri().toString())
          .exited(1)
          .withoutStackTrace();

      try (Stream<Path> left = Files.list(disk.path())) {
        assertThat(left).containsExactly(disk.path().resolve("mine"));
      }
    }
    JsonNode row = RunFiles.onlyOneIn(recording.results()).onlyRow();
    assertThat(row.path("failure").path("kind").asText()).isEqualTo("resource-exhausted");
  }
}
