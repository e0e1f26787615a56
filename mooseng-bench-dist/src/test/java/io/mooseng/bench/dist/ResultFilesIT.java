package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a run leaves behind, read by tools that know nothing of this project. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ResultFilesIT {

  private static final Path SCHEMA = Path.of("..", "docs", "schema", "run-v4.json");
  private static final String OWN_BENCHMARK = "HarnessOverheadBenchmark.baseline";

  @TempDir static Path directory;

  private static BenchmarksJar jar;
  private static JarRun run;
  private static RunFiles files;

  @BeforeAll
  static void runAsInTheReadme() throws IOException, InterruptedException {
    jar = BenchmarksJar.in(directory.resolve("run"));
    run =
        jar.run(
            "FileReadBenchmark",
            "-p",
            "size=1MB",
            "-f",
            "1",
            "-wi",
            "1",
            "-w",
            "100ms",
            "-i",
            "3",
            "-r",
            "200ms",
            "-prof",
            "gc",
            "-rf",
            "json",
            "-rff",
            "x.json");
    run.exited(0);
    files = RunFiles.onlyOneIn(jar.results());
  }

  @Test
  void runJsonKeepsToItsSchema() throws IOException {
    var schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA));

    assertThat(schema.validate(Files.readString(files.file("run.json")), InputFormat.JSON))
        .isEmpty();
  }

  @Test
  void theRowIsMeasuredAndPlausible() throws IOException {
    JsonNode row = files.onlyRow();

    assertThat(files.run().path("status").asText()).isEqualTo("complete");
    assertThat(row.path("benchmark").asText()).isEqualTo("FileReadBenchmark.read");
    assertThat(row.path("status").asText()).isEqualTo("ok");
    assertThat(row.path("fidelity").asText()).isEqualTo("embedded");
    assertThat(row.path("params").path("size").asText()).isEqualTo("1MB");
    assertThat(row.path("params").path("target").asText()).isEqualTo("embedded");
    assertThat(row.path("forks")).hasSize(1);
    assertThat(row.path("forks").path(0).path("iterations")).hasSize(3);
    assertThat(row.path("metrics").path("bandwidth").path("value").asDouble()).isPositive();
    assertThat(row.path("metrics").path("errors").path("value").asDouble(-1)).isZero();
    assertThat(row.path("plausibility").path("verdict").asText()).isEqualTo("plausible");
  }

  /** Which collector a fork has depends on the processors; that results say which does not. */
  @Test
  void theFingerprintNamesTheCollectorThatTheForkWasGiven() throws IOException {
    Stream.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
        .forEach(name -> assumeFalse(System.getenv().containsKey(name), name + " is set"));
    boolean few = Runtime.getRuntime().availableProcessors() <= 2;
    JsonNode hard = files.run().path("environment").path("hard");
    String flags = RunFiles.json(files.file("jmh.json")).path(0).path("jvmArgs").toString();

    assertThat(hard.path("jvm.flags").asText().contains("-XX:+UseSerialGC")).isEqualTo(few);
    assertThat(flags.contains("-XX:+UseSerialGC")).isEqualTo(few);
    if (few) {
      assertThat(hard.path("gc").asText()).isEqualTo("Serial");
    }
  }

  @Test
  void theHistogramHoldsEveryOperationThatIsCounted() throws IOException {
    long inLog = 0;
    try (HistogramLogReader reader =
        new HistogramLogReader(files.file("histograms.hlog").toFile())) {
      EncodableHistogram interval;
      while ((interval = reader.nextIntervalHistogram()) != null) {
        assertThat(interval.getTag()).isNotEmpty();
        if (!interval.getTag().contains("stage")) {
          inLog += ((org.HdrHistogram.Histogram) interval).getTotalCount();
        }
      }
    }

    JsonNode operations = files.onlyRow().path("metrics").path("operations").path("value");
    assertThat(inLog).isPositive().isEqualTo(operations.asLong());
  }

  @Test
  void resultsCsvHasOneLineForEachMetric() throws IOException {
    List<String> lines = Files.readAllLines(files.file("results.csv"));

    assertThat(lines).hasSize(1 + files.onlyRow().path("metrics").size());
    assertThat(lines.subList(1, lines.size())).allMatch(l -> l.contains("FileReadBenchmark.read"));
  }

  @Test
  void theUsersFileIsTheSameAsTheRuns() throws IOException {
    assertThat(jar.directory().resolve("x.json")).hasSameTextualContentAs(files.file("jmh.json"));
  }

  @Test
  void warmUpForksAreNotRecorded() throws IOException, InterruptedException {
    BenchmarksJar warmed = BenchmarksJar.in(directory.resolve("warmed"));

    warmed
        .run("MetadataBenchmark.stat --target memory:/ -wf 1 -f 1 -wi 0 -i 2 -r 100ms".split(" "))
        .exited(0);

    JsonNode forks = RunFiles.onlyOneIn(warmed.results()).onlyRow().path("forks");
    assertThat(forks).hasSize(1);
    assertThat(forks.path(0).path("iterations")).hasSize(2);
  }

  /** Root could replace the device by a file. */
  @Test
  void theUsersFileMayBeAPipe() throws IOException, InterruptedException {
    BenchmarksJar piped = BenchmarksJar.in(directory.resolve("piped"));
    Path pipe = directory.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    Process reader = new ProcessBuilder("sh", "-c", "exec 3<>" + pipe + "; head -c 1 <&3").start();

    piped.runBriefly(OWN_BENCHMARK, "-rf", "json", "-rff", pipe.toString()).exited(0);

    assertThat(reader.getInputStream().readAllBytes()).asString().isEqualTo("[");
    assertThat(Files.isRegularFile(pipe)).isFalse();
  }

  @Test
  void theSummaryNamesTheRowAndTheRunDirectory() {
    assertThat(run.stdout())
        .contains("FileReadBenchmark.read", "1MB", "embedded")
        .contains(jar.results().getFileName().toString());
  }

  @Test
  void jmhJsonHasTheKeysOfAFileThatJmhWrites() throws IOException, InterruptedException {
    BenchmarksJar ours = BenchmarksJar.in(directory.resolve("ours"));
    BenchmarksJar jmhs = BenchmarksJar.jmhAlone(directory.resolve("jmhs"));

    String[] arguments = {OWN_BENCHMARK, "-prof", "gc", "-rf", "json", "-rff", "x.json"};
    ours.runBriefly(arguments).exited(0);
    jmhs.runBriefly(arguments).exited(0);

    JsonNode expected = RunFiles.json(jmhs.directory().resolve("x.json"));
    assertThat(keys(RunFiles.json(ours.directory().resolve("x.json")))).isEqualTo(keys(expected));
    assertThat(keys(RunFiles.json(RunFiles.onlyOneIn(ours.results()).file("jmh.json"))))
        .isEqualTo(keys(expected));
  }

  @ParameterizedTest
  @ValueSource(strings = {"csv", "scsv", "text"})
  void otherFormatsHaveTheHeadAndTheRowsThatJmhWrites(String format)
      throws IOException, InterruptedException {
    BenchmarksJar ours = BenchmarksJar.in(directory.resolve("ours-" + format));
    BenchmarksJar jmhs = BenchmarksJar.jmhAlone(directory.resolve("jmhs-" + format));

    ours.runBriefly(OWN_BENCHMARK, "-rf", format).exited(0);
    jmhs.runBriefly(OWN_BENCHMARK, "-rf", format).exited(0);

    String name = "jmh-result." + format;
    assertThat(words(ours.directory().resolve(name)))
        .isEqualTo(words(jmhs.directory().resolve(name)));
  }

  /** What stands in a result file besides numbers and the space that lines them up. */
  private static List<List<String>> words(Path file) throws IOException {
    return Files.readAllLines(file).stream()
        .map(line -> List.of(line.replaceAll("[≈0-9.,⁻¹²³⁴⁵⁶⁷⁸⁹]+", " ").strip().split("\\s+")))
        .toList();
  }

  /**
   * Paths of all keys, whatever stands in them; but that of the time in collections, which JMH's
   * profiler leaves out if there were none.
   */
  private static Set<String> keys(JsonNode node) {
    Set<String> keys = new TreeSet<>();
    collect("", node, keys);
    keys.removeIf(key -> key.startsWith("[]/secondaryMetrics/gc.time"));
    return keys;
  }

  private static void collect(String path, JsonNode node, Set<String> keys) {
    keys.add(path);
    node.properties()
        .forEach(entry -> collect(path + "/" + entry.getKey(), entry.getValue(), keys));
    if (node.isArray()) {
      node.forEach(element -> collect(path + "[]", element, keys));
    }
  }
}
