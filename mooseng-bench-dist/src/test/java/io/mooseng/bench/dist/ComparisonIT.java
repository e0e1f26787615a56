package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code compare}, {@code aa} and {@code gate} of the jar, on runs of the model, which is quick.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ComparisonIT {

  private static final List<String> MODEL =
      List.of("--mode", "simulated", "-f", "5", "-i", "2", "MetadataBenchmark.stat$");

  @TempDir Path directory;
  private BenchmarksJar jar;
  private Path base;

  @BeforeEach
  void measureTheBase() throws IOException, InterruptedException {
    jar = BenchmarksJar.in(directory);
    List<String> arguments = new ArrayList<>(MODEL);
    arguments.addAll(List.of("--out", "base"));
    jar.run(arguments.toArray(String[]::new)).exited(0);
    try (Stream<Path> runs = Files.list(directory.resolve("base"))) {
      base = runs.findFirst().orElseThrow();
    }
  }

  /** The base as a machine of twice the speed would have measured it. */
  private Path twiceAsFast() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    JsonNode run = mapper.readTree(base.resolve("run.json").toFile());
    for (JsonNode iteration :
        run.findValues("iterations").stream()
            .flatMap(list -> StreamSupport.stream(list.spliterator(), false))
            .toList()) {
      if (iteration instanceof ObjectNode one) {
        one.put("spanNanos", one.get("spanNanos").asLong() / 2);
        ObjectNode latency = (ObjectNode) one.get("latencyNanos");
        latency.put("p50", latency.get("p50").asLong() / 2);
      }
    }
    Path file = directory.resolve("fast.json");
    mapper.writeValue(file.toFile(), run);
    return file;
  }

  @Test
  void comparesRunsAndGatesThem() throws IOException, InterruptedException {
    jar.run("compare", base.toString(), base.toString(), "--json", "same.json").exited(0);
    assertThat(RunFiles.json(directory.resolve("same.json")).path("rows").path(0).path("verdict"))
        .hasToString("\"no-change\"");
    Path fast = twiceAsFast();
    JarRun worse = jar.run("compare", fast.toString(), base.toString()).exited(1);
    assertThat(worse.stdout()).contains("REGRESSION", "1 regression");
    jar.run("compare", base.toString(), fast.toString()).exited(0);

    List<String> gate =
        new ArrayList<>(
            List.of(
                "gate",
                "--baseline",
                fast.toString(),
                "--junit",
                "gate.xml",
                "--markdown",
                "gate.md",
                "--github",
                "--"));
    gate.addAll(MODEL);
    JarRun failed = jar.run(gate.toArray(String[]::new)).exited(1);
    assertThat(failed.stdout())
        .contains("Gate: FAIL (1 row worse or failing)", "::error title=MetadataBenchmark.stat::");
    assertThat(failed.stderr()).contains("measuring again: MetadataBenchmark.stat");
    assertThat(Files.readString(directory.resolve("gate.xml"))).contains("failures=\"1\"");
    assertThat(Files.readString(directory.resolve("gate.md"))).contains("confirmed");
    jar.run("gate", "--baseline", base.toString(), base.toString()).exited(0);
  }

  @Test
  void gatesAgainstTheLatestRunOfAHistoryOrAGivenOne() throws IOException, InterruptedException {
    jar.run("history", "add", twiceAsFast().toString()).exited(0);
    List<String> later = new ArrayList<>(MODEL);
    later.addAll(List.of("--out", "later"));
    jar.run(later.toArray(String[]::new)).exited(0);
    String run = directory.resolve("later").resolve(only("later")).toString();

    // The run in the history has the id of the base.
    JarRun worse = jar.run("gate", "--baseline", "history:", "--no-confirm", run).exited(1);
    assertThat(worse.stdout()).contains("Gate: FAIL (1 row worse or failing)");
    jar.run("history", "add", run).exited(0);
    jar.run("gate", "--baseline", "history:", base.toString()).exited(0);
    String first = "history:bench-results/history.sqlite#" + base.getFileName();
    jar.run("gate", "--baseline", first, "--no-confirm", run).exited(1);
    jar.run("gate", "--baseline", first + "x", run)
        .exited(2)
        .saidInOneLine(base.getFileName() + "x");
    jar.run("gate", "--baseline", "history:none.sqlite", run)
        .exited(2)
        .saidInOneLine("none.sqlite");
  }

  private String only(String out) throws IOException {
    try (Stream<Path> runs = Files.list(directory.resolve(out))) {
      return runs.findFirst().orElseThrow().getFileName().toString();
    }
  }

  @Test
  void measuresABuildAgainstItselfInTurns() throws IOException, InterruptedException {
    JarRun run =
        jar.run("aa", "--pairs", "2", "--mode", "simulated", "-i", "2", "MetadataBenchmark.stat$")
            .exited(0);
    assertThat(run.stdout())
        .contains("False alarms: 0 of 1 rows", "Noise floor of ", "Runs made: 4");
    try (Stream<Path> files = Files.list(jar.results())) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .anyMatch(name -> name.matches("noise-[0-9a-f]{12}\\.json"))
          .anyMatch(name -> name.startsWith("aa-"));
    }
  }

  /** The model hardly scatters: the least number of forks is enough. */
  @Test
  void measuresUntilARowIsPreciseEnough() throws IOException, InterruptedException {
    jar.run("--mode", "simulated", "--precision", "10%", "MetadataBenchmark.stat$").exited(0);
    assertThat(RunFiles.onlyOneIn(jar.results()).onlyRow().path("forks")).hasSize(6);
  }

  @Test
  void saysWhatItCannotCompare() throws IOException, InterruptedException {
    jar.run("gate", base.toString()).exited(2).saidInOneLine("--baseline is missing");
    jar.run("compare", base.toString(), "nowhere").exited(2).saidInOneLine("nowhere");
    jar.run("compare", "--jar-a", "none.jar", "--jar-b", "none.jar")
        .exited(2)
        .saidInOneLine("--jar-a none.jar: there is no such file");
  }
}
