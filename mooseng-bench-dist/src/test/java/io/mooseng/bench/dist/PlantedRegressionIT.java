package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The verdicts on the real server: the same build against itself, and against one whose server is
 * slower by a known time. Simulations say how often verdicts are wrong if noise is as assumed; this
 * says how they fare with the noise there is. On a busy machine it takes longer, and may fail.
 */
@Tag("acceptance")
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class PlantedRegressionIT {

  /** Short, for there are hundreds of them. */
  private static final List<String> SHORT_RUN =
      words(
          "--store memory -wi 1 -w 500ms -i 1 -r 500ms --ceiling-time 100ms MetadataBenchmark.stat$");

  /** Of a history, where one fork is all there is of a commit: it has warmed up. */
  private static final List<String> RUN_OF_A_COMMIT =
      words("-wi 2 -w 400ms -i 3 -r 300ms --ceiling-time 100ms MetadataBenchmark.stat$");

  /**
   * The processor does most of it: eight forks of 10,000 names differed by 3 % (standard deviation)
   * on a machine on which short forks of a single small call differed by 10 % and more.
   */
  private static final List<String> STEADY_RUN =
      words(
          "-wi 1 -w 2s -i 1 -r 2s --ceiling-time 100ms -p entries=5000 DirectoryListingBenchmark.listAll");

  private static final List<String> DISTANT_RUN =
      words("-wi 1 -w 1s -i 1 -r 2s --ceiling-time 100ms --network wan-70 MetadataBenchmark.stat$");

  /** When a fork of a few seconds is compiled by the second one, and how, differs most of all. */
  private static final String[] ONE_COMPILER = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};

  private static final int ROUNDS = Integer.getInteger("planted.rounds", 20);
  private static final int MOST_FALSE_ALARMS = 1;
  private static final double PLANTED = 0.05;

  /** Twenty pairs of runs, and ten more to confirm, at most twenty seconds a run. */
  private static final Duration LONGEST_COMPARISON = Duration.ofMinutes(20);

  /** A run that is suspect, of which there are too few yet, is told otherwise. */
  private static final Pattern CHANGE =
      Pattern.compile("\\s+[+-][\\d.,]+ % (WORSE|better) since.*");

  private static final int QUIET_RUNS = 30;
  private static final int SLOW_RUNS = 12;

  /**
   * Far above what medians of single short forks of one build scatter by, even while others use the
   * machine: it is the very run that must be named, not one near it.
   */
  private static final double STEP = 0.4;

  @TempDir Path directory;
  private BenchmarksJar jar;

  @BeforeEach
  void findTheJar() throws IOException {
    jar = BenchmarksJar.in(directory).withEveryJvm(ONE_COMPILER);
  }

  /**
   * As a user finds the noise of a machine: each comparison knows what those before it have seen.
   */
  @Test
  void theSameBuildIsNotWorseThanItself() throws IOException, InterruptedException {
    int regressions = 0;
    for (int round = 0; round < ROUNDS; round++) {
      jar.run(command(SHORT_RUN, "aa", "--pairs", "4", "--json", "aa.json"));
      JsonNode row = RunFiles.json(directory.resolve("aa.json")).path("rows").path(0);
      System.out.printf("A/A %d: %s%n", round + 1, told(row));
      regressions += row.path("verdict").asText().equals("regression") ? 1 : 0;
    }
    System.out.printf("%d A/A comparisons, %d false regressions%n", ROUNDS, regressions);
    assertThat(regressions).isLessThanOrEqualTo(MOST_FALSE_ALARMS);
  }

  @Test
  void aServerThatIsFivePercentSlowerIsFound() throws IOException, InterruptedException {
    JsonNode row = comparedWithASlowServer(STEADY_RUN);
    double detectable = row.path("detectable").asDouble();
    boolean tooNoisy = row.path("verdict").asText().equals("inconclusive") && detectable > PLANTED;
    assumeFalse(
        tooNoisy,
        "this machine is too noisy: %d pairs would have shown %.0f %%"
            .formatted(row.path("base").path("forks").asInt(), 100 * detectable));
    assertThat(row.path("verdict").asText()).isEqualTo("regression");
  }

  /** Where most of the time is distance, forks scatter by less than a hundredth. */
  @Test
  void aServerThatIsFivePercentSlowerIsFoundOverADistance()
      throws IOException, InterruptedException {
    JsonNode row = comparedWithASlowServer(DISTANT_RUN);
    assertThat(row.path("verdict").asText()).isEqualTo("regression");
    assertThat(row.path("change").asDouble()).isBetween(0.6 * PLANTED, 1.4 * PLANTED);
  }

  /** The row of the comparison, whose exit code was that of its verdict. */
  private JsonNode comparedWithASlowServer(List<String> row)
      throws IOException, InterruptedException {
    Path slow = SlowServerJar.write(directory.resolve("slow.jar"), spin(PLANTED, row));
    String[] sides = {
      "compare",
      "--jar-a",
      BenchmarksJar.FILE.toAbsolutePath().toString(),
      "--jar-b",
      slow.toString()
    };
    List<String> arguments = new ArrayList<>(List.of(sides));
    arguments.addAll(List.of("--noise", "none", "--json", "ab.json"));
    arguments.addAll(row);
    JarRun run = compared(arguments.toArray(String[]::new));
    assertThat(directory.resolve("ab.json")).as("%s%n%s", run.stdout(), run.stderr()).exists();
    JsonNode found = RunFiles.json(directory.resolve("ab.json")).path("rows").path(0);
    System.out.printf("planted %+.0f %%: %s%n%s%n", 100 * PLANTED, told(found), run.stdout());
    run.exited(found.path("verdict").asText().equals("regression") ? 1 : 3);
    return found;
  }

  /**
   * Thirty runs of one build have no change; then the server is slower by {@value #STEP} of its
   * median latency, and twelve runs later the history names the first of them.
   */
  @Test
  void theHistoryNamesTheCommitThatMadeTheServerSlower() throws IOException, InterruptedException {
    BenchmarksJar slow =
        BenchmarksJar.of(
                SlowServerJar.write(directory.resolve("slow.jar"), spin(STEP, RUN_OF_A_COMMIT)),
                directory)
            .withEveryJvm(ONE_COMPILER);
    for (int i = 0; i < QUIET_RUNS; i++) {
      addRun(jar, i);
    }
    String quiet = trend();
    assertThat(quiet).contains("1 series searched", QUIET_RUNS + " runs");
    assertThat(quiet.lines()).as("changes").noneMatch(line -> CHANGE.matcher(line).matches());
    for (int i = QUIET_RUNS; i < QUIET_RUNS + SLOW_RUNS; i++) {
      addRun(slow, i);
    }
    assertThat(trend())
        .contains(
            "WORSE since", "(commit c" + QUIET_RUNS + ")", "1 series searched, 1 with a change");
  }

  private void addRun(BenchmarksJar build, int number) throws IOException, InterruptedException {
    String out = "run-" + number;
    build.run(command(RUN_OF_A_COMMIT, "run", "-f", "1", "--out", out)).exited(0);
    String run = onlyRunIn(directory.resolve(out)).toString();
    jar.run("history", "add", run, "--commit", "c" + number).exited(0);
  }

  private String trend() throws IOException, InterruptedException {
    String said =
        jar.run("history", "trend", "--all", "--metric", "latency.p50").exited(0).stdout();
    System.out.println(said);
    return said;
  }

  private JarRun compared(String... arguments) throws IOException, InterruptedException {
    try (RunningJar running = jar.start(arguments)) {
      return running.await(LONGEST_COMPARISON);
    }
  }

  /** For each call of an operation, so much of its median latency here as makes the share. */
  private long spin(double share, List<String> of) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of("run", "-f", "3", "--out", "calibration"));
    arguments.addAll(of);
    jar.run(arguments.toArray(String[]::new)).exited(0);
    JsonNode metrics =
        RunFiles.json(onlyRunIn(directory.resolve("calibration")).resolve("run.json"))
            .path("results")
            .path(0)
            .path("metrics");
    double p50 = metrics.path("latency.p50").path("value").asDouble();
    double calls = metrics.path("roundtrips.per.op").path("value").asDouble();
    long spin = Math.round(p50 * share / calls);
    System.out.printf(
        "median latency %.0f ns in %.0f calls; the slow server spins for %d ns in each%n",
        p50, calls, spin);
    return spin;
  }

  private static List<String> words(String line) {
    return List.of(line.split(" "));
  }

  private static String told(JsonNode row) {
    JsonNode interval = row.path("ci95");
    return "%s, %+.1f %% [%+.1f, %+.1f], %d pairs, %.1f %% matters"
        .formatted(
            row.path("verdict").asText(),
            100 * row.path("change").asDouble(),
            100 * interval.path(0).asDouble(),
            100 * interval.path(1).asDouble(),
            row.path("base").path("forks").asInt(),
            100 * row.path("threshold").asDouble());
  }

  private static String[] command(List<String> row, String... first) {
    return Stream.concat(Stream.of(first), row.stream()).toArray(String[]::new);
  }

  private static Path onlyRunIn(Path out) throws IOException {
    try (Stream<Path> runs = Files.list(out)) {
      return runs.findFirst().orElseThrow();
    }
  }
}
