package io.mooseng.bench.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Runs {@code target/benchmarks.jar} as a user does, in a directory of its own.
 *
 * <p>Temporary files go below that directory, too, so that tests do not meet the lock of another
 * JMH on this machine, and see everything a run leaves behind. Every process that a run starts, at
 * any depth, carries {@link #mark} in its environment.
 */
final class BenchmarksJar {

  static final Path FILE = Path.of(System.getProperty("benchmarks.jar"));

  /** Sizes with which a benchmark is run once, as briefly as possible. */
  static final List<String> BRIEFLY = List.of("-f", "1", "-wi", "0", "-i", "1", "-r", "100ms");

  private static final String CEILING_TIME = "--ceiling-time";

  /** What is no run of benchmarks begins with a command, or asks for a list or for help. */
  private static final Pattern COMMAND = Pattern.compile("(?!run$)[a-z]+");

  private static final Set<String> QUESTIONS =
      Set.of("-h", "--help", "--version", "-l", "-lp", "-lprof", "-lrf");

  /**
   * Most of what a brief run does is to start, and what the second compiler makes of that is never
   * used. Forks take it over from the program, as they do whatever a user gives it.
   */
  private static final String ONE_COMPILER = "-XX:TieredStopAtLevel=1";

  private static final Path TEST_CLASSES = Path.of("target", "test-classes");
  private static final String PROGRAM = "io.mooseng.bench.core.cli.Main";
  private static final String JMH = "org.openjdk.jmh.Main";
  private static final String MARK_VARIABLE = "MOOSENG_BENCH_TEST";

  private final Path directory;
  private final List<String> jvmOptions;
  private final List<String> everyJvm;
  private final List<String> launch;
  private final String mark = UUID.randomUUID().toString();
  private int runs;

  private BenchmarksJar(Path directory, List<String> launch) throws IOException {
    this(directory, List.of(ONE_COMPILER), List.of(), launch);
  }

  /** With the archive of classes beside the jar, as forks and servers have it anyway. */
  private static List<String> quicker(Path jar) {
    Path archive = Path.of(jar.toString().replaceFirst("[.]jar$", ".jsa")).toAbsolutePath();
    return Files.exists(archive)
        ? List.of(
            ONE_COMPILER,
            "-XX:SharedArchiveFile=" + archive,
            "-Xlog:cds=off",
            "-Xlog:cds+dynamic=off")
        : List.of(ONE_COMPILER);
  }

  private BenchmarksJar(
      Path directory, List<String> jvmOptions, List<String> everyJvm, List<String> launch)
      throws IOException {
    this.directory = directory;
    this.jvmOptions = jvmOptions;
    this.everyJvm = everyJvm;
    this.launch = launch;
    Files.createDirectories(temporaryDirectory());
  }

  /** {@code java -jar target/benchmarks.jar} in {@code directory}. */
  static BenchmarksJar in(Path directory) throws IOException {
    return of(FILE, directory);
  }

  /** Another jar of the same program. */
  static BenchmarksJar of(Path jar, Path directory) throws IOException {
    List<String> launch = List.of("-jar", jar.toAbsolutePath().toString());
    return new BenchmarksJar(directory, quicker(jar), List.of(), launch);
  }

  /** The same program with the benchmarks of these tests beside those of the jar. */
  static BenchmarksJar withFixtures(Path directory) throws IOException {
    String classPath = TEST_CLASSES.toAbsolutePath() + ":" + FILE.toAbsolutePath();
    return new BenchmarksJar(directory, List.of("-cp", classPath, PROGRAM));
  }

  /** JMH's own command line on the same jar. */
  static BenchmarksJar jmhAlone(Path directory) throws IOException {
    return new BenchmarksJar(directory, List.of("-cp", FILE.toAbsolutePath().toString(), JMH));
  }

  /** The same with these options of its JVM instead of those that make tests quicker. */
  BenchmarksJar withJvmOptions(String... options) throws IOException {
    return new BenchmarksJar(
        directory.resolve("other-options"), List.of(options), everyJvm, launch);
  }

  /** The same with these options of each JVM that a run starts, servers included. */
  BenchmarksJar withEveryJvm(String... options) throws IOException {
    return new BenchmarksJar(directory, jvmOptions, List.of(options), launch);
  }

  /** Where the runs of this jar put their temporary files. */
  Path temporaryDirectory() {
    return directory.resolve("tmp");
  }

  /** Where runs write results, unless told otherwise. */
  Path results() {
    return directory.resolve("bench-results");
  }

  Path directory() {
    return directory;
  }

  String mark() {
    return MARK_VARIABLE + "=" + mark;
  }

  /** Runs to the end. */
  JarRun run(String... arguments) throws IOException, InterruptedException {
    try (RunningJar running = start(arguments)) {
      return running.await();
    }
  }

  /** Runs some benchmarks with {@link #BRIEFLY}. */
  JarRun runBriefly(String... arguments) throws IOException, InterruptedException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(BRIEFLY);
    return run(all.toArray(String[]::new));
  }

  /** Starts without waiting; the ceilings of the machine are taken briefly unless it says how. */
  RunningJar start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporaryDirectory());
    command.addAll(jvmOptions);
    command.addAll(launch);
    command.addAll(List.of(arguments));
    if (measures(List.of(arguments)) && !List.of(arguments).contains(CEILING_TIME)) {
      command.addAll(List.of(CEILING_TIME, "1s"));
    }
    runs++;
    Path out = directory.resolve("stdout-" + runs);
    Path err = directory.resolve("stderr-" + runs);
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().put(MARK_VARIABLE, mark);
    if (!everyJvm.isEmpty()) {
      builder.environment().put("JAVA_TOOL_OPTIONS", String.join(" ", everyJvm));
    }
    return new RunningJar(builder.start(), this, out, err);
  }

  private boolean measures(List<String> arguments) {
    return !launch.contains(JMH)
        && arguments.stream().noneMatch(QUESTIONS::contains)
        && (arguments.isEmpty() || !COMMAND.matcher(arguments.get(0)).matches());
  }
}
