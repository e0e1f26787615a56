package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.analysis.compare.Runs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class CompareCommandTest {

  private static final Map<String, String> PARAMS = Map.of("size", "1KB");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir private Path directory;
  private Path base;
  private Path same;
  private Path slower;
  private Path noisy;

  @BeforeEach
  void writeRuns() {
    base = row(Runs.run("base"), 1_000, 1_001, 999, 1_002, 998).write(directory);
    same = row(Runs.run("same"), 1_001, 1_000, 1_000, 1_002, 997).write(directory);
    slower = row(Runs.run("slower"), 900, 901, 899, 902, 898).write(directory);
    noisy = row(Runs.run("noisy"), 700, 1_300, 900, 1_100, 1_000).write(directory);
  }

  private static Runs row(Runs run, double... perFork) {
    return run.throughput("StatBenchmark.stat", PARAMS, perFork);
  }

  private ExitCode compare(Object... arguments) {
    String[] texts = new String[arguments.length + 1];
    texts[0] = "compare";
    for (int i = 0; i < arguments.length; i++) {
      texts[i + 1] = arguments[i].toString();
    }
    return new Main(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8))
        .run(texts);
  }

  private String errors() {
    return err.toString(StandardCharsets.UTF_8);
  }

  @Test
  void exitCodesTellTheVerdict() {
    assertThat(compare(base, same)).isEqualTo(ExitCode.OK);
    assertThat(compare(base, slower)).isEqualTo(ExitCode.FAILED);
    assertThat(compare(slower, base)).isEqualTo(ExitCode.OK);
    assertThat(compare(base, noisy)).isEqualTo(ExitCode.INCONCLUSIVE);
    assertThat(compare(base, slower, "--threshold", "15%")).isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8)).contains("REGRESSION", "-10.0%");
    assertThat(errors()).isEmpty();
  }

  @Test
  void readsFilesAsWellAsDirectories() {
    assertThat(compare(base.resolve("run.json"), slower.resolve("run.json")))
        .isEqualTo(ExitCode.FAILED);
    assertThat(compare(base, same, "--metric", "latency.p99")).isEqualTo(ExitCode.OK);
  }

  @Test
  void resamplesWhereAskedTo() {
    assertThat(compare(base, slower, "--bootstrap")).isEqualTo(ExitCode.FAILED);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("throughput: \\[-10\\.\\d%, -9\\.\\d%]");
    assertThat(compare(base, slower, "--bootstrap", "--metric", "latency.p99"))
        .isEqualTo(ExitCode.OK);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("latency.p99: none: iterations do not have this metric");
  }

  @Test
  void writesAPage() throws IOException {
    Path page = directory.resolve("page.html");
    compare(base, slower, "--html", page);
    assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("StatBenchmark.stat");
  }

  @Test
  void writesFiles() throws IOException {
    Path markdown = directory.resolve("c.md");
    Path json = directory.resolve("c.json");
    assertThat(compare(base, slower, "--markdown", markdown, "--json", json))
        .isEqualTo(ExitCode.FAILED);
    assertThat(Files.readString(markdown)).startsWith("### Benchmarks: 1 regression");
    assertThat(Files.readString(json)).contains("\"verdict\" : \"regression\"");
    assertThat(compare(base, slower, "--json", directory)).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).contains("--json " + directory + ": cannot be written");
  }

  @Test
  void refusesOtherMachines() {
    Path elsewhere =
        row(Runs.run("other").hard(Map.of("cpu.model", "Other")), 1, 1, 1, 1, 1).write(directory);
    assertThat(compare(base, elsewhere)).isEqualTo(ExitCode.USAGE);
    assertThat(errors())
        .isEqualTo("mooseng-bench: not comparable: cpu.model: Example CPU v Other\n");
    assertThat(compare(base, elsewhere, "--across-hosts")).isEqualTo(ExitCode.OK);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "schemaVersion | 99 | has schemaVersion 99, written by a later version of this program",
        "spanNanos | NaN | is not a run: Non-standard token 'NaN'",
        "spanNanos | -5 | spanNanos cannot be negative: -5",
        "operations | ~\"many\"~ | is not a run",
        "status | ~\"fine\"~ | ~'fine' is unknown; accepted: complete, interrupted, failed~",
        "direction | null | direction is missing",
        "direction | ~\"up\"~ | ~'up' is unknown; accepted: lower, higher, none~",
      })
  void refusesFilesThatAreNoRuns(String field, String value, String said) throws IOException {
    Path edited = directory.resolve("edited.json");
    String json = Files.readString(base.resolve("run.json"));
    String pattern = "\"" + field + "\" : [^,\\n]+";
    Files.writeString(edited, json.replaceAll(pattern, "\"" + field + "\" : " + value));
    assertThat(compare(base, edited)).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).contains(edited.toString()).contains(said).hasLineCount(1);
    assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
  }

  @Test
  void refusesTruncatedEmptyAndMissingFiles() throws IOException {
    Path cut = directory.resolve("cut.json");
    String json = Files.readString(base.resolve("run.json"));
    Files.writeString(cut, json.substring(0, json.length() / 2));
    assertThat(compare(base, cut)).isEqualTo(ExitCode.USAGE);
    Path empty = Files.writeString(directory.resolve("empty.json"), "");
    assertThat(compare(empty, base)).isEqualTo(ExitCode.USAGE);
    assertThat(compare(base, directory.resolve("none"))).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).contains("cut.json", "empty.json", "none does not exist").hasLineCount(3);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--threshold 0 | 0: accepted: above 0% and below 100%",
        "--threshold 3x | 3x: accepted: above 0% and below 100%",
        "--metric latncy | not comparable: metric latncy: no row of both runs has it",
        "--metric operations | direction of operations: none: neither way is better",
        "--fast yes | Unknown options:",
      })
  void refusesWhatItDoesNotKnow(String options, String said) {
    String[] words = options.split(" ");
    assertThat(compare(base, same, words[0], words[1])).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).contains(said).hasLineCount(1);
  }

  @Test
  void needsTwoRuns() {
    assertThat(compare(base)).isEqualTo(ExitCode.USAGE);
    assertThat(errors()).contains("CANDIDATE");
  }
}
