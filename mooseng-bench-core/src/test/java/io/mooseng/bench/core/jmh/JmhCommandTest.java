package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.plan.Sizes;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.VerboseMode;

class JmhCommandTest {

  /** Every option of JMH's own help, with the argument it takes, if it takes one. */
  private static final Pattern OPTION = Pattern.compile("(?m)^  -([A-Za-z]+)( <[^>]+>)?");

  private static JmhCommand parse(String... arguments) {
    return JmhCommand.parse(List.of(arguments));
  }

  private static void assertRefused(String message, String... arguments) {
    assertThatThrownBy(() -> parse(arguments))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(message);
  }

  private static List<MatchResult> optionsOfJmh() throws Exception {
    PrintStream terminal = System.out;
    ByteArrayOutputStream help = new ByteArrayOutputStream();
    try (PrintStream out = new PrintStream(help, true, StandardCharsets.UTF_8)) {
      System.setOut(out);
      new CommandLineOptions("-h").showHelp();
    } finally {
      System.setOut(terminal);
    }
    return OPTION.matcher(help.toString(StandardCharsets.UTF_8)).results().toList();
  }

  @Test
  void knowsWhichOptionsOfJmhTakeAnArgument() throws Exception {
    List<MatchResult> options = optionsOfJmh();
    assertThat(options).hasSizeGreaterThan(30);
    TreeSet<String> with = new TreeSet<>();
    TreeSet<String> without = new TreeSet<>();
    options.forEach(option -> (option.group(2) == null ? without : with).add(option.group(1)));
    for (String name : with) {
      assertThat(JmhCommand.takesArgument("-" + name)).as("-" + name).isTrue();
    }
    for (String name : without) {
      assertThat(JmhCommand.takesArgument("-" + name)).as("-" + name).isFalse();
    }
    assertThat(with).hasSize(JmhCommand.withArgument().size());
  }

  @Test
  void knowsWhichOptionsOfJmhOnlyList() throws Exception {
    assertThat(
            optionsOfJmh().stream()
                .filter(option -> option.group(2) == null)
                .map(option -> option.group(1))
                .filter(name -> !name.equals("h"))
                .collect(Collectors.toSet()))
        .allSatisfy(name -> assertThat(JmhCommand.isListing("-" + name)).isTrue());
    assertThat(JmhCommand.isListing("-f")).isFalse();
    assertThat(JmhCommand.isListing("l")).as("a regular expression").isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BULK", "BULK_INDI"})
  void refusesWarmUpInBulk(String mode) {
    assertRefused(
        "-wm "
            + mode
            + ": every fork runs one cell here, so nothing can be warmed up in bulk;"
            + " accepted: INDI",
        "-wm",
        mode);
    assertThat(parse("-wm", "INDI").base().getWarmupMode().hasValue()).isTrue();
  }

  @Test
  void refusesWarmUpByOtherBenchmarks() {
    assertRefused(
        "-wmb: every fork runs one cell here, so no other benchmark can warm it up;"
            + " leave the option out",
        "-wmb",
        "Stat");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-e", "-f", "-jvm", "-o", "-p", "-prof", "-rf", "-rff", "-t"})
  void refusesAnEmptyValue(String option) {
    assertRefused(option + " needs a value; run with -h for which", option, "");
    assertRefused(option + " needs a value; run with -h for which", option, " ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-foe", "-gc", "-si"})
  void aSwitchIsOnOrOff(String option) {
    for (String neither : List.of("maybe", "1", "yes")) {
      assertRefused(option + " " + neither + ": accepted: true, false", option, neither);
    }
    assertThat(parse(option, "TRUE").base()).isNotNull();
    assertThat(parse(option + "=false").base()).isNotNull();
  }

  @Test
  void noArgumentsForTheJvmAreAValue() {
    assertThat(parse("-jvmArgs", "").base().getJvmArgs().get()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/nonexistent", "/", "/etc/passwd", "no-such-java"})
  void refusesAJvmThatIsNoProgram(String jvm) {
    assertRefused(
        "-jvm " + jvm + ": accepted: an executable file, such as JAVA_HOME/bin/java", "-jvm", jvm);
  }

  @Test
  void aJvmMayBeAPathOrAName() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(parse("-jvm", java).base().getJvm().get()).isEqualTo(java);
    assertThat(parse("-jvm", "sh").base().getJvm().get()).as("found by PATH").isEqualTo("sh");
  }

  @Test
  void keepsOutputAndRegularExpressionsFromCells() {
    JmhCommand command =
        parse(
            "Read.*", "-rf", "csv", "-f", "3", "-rff", "x.csv", "Write.*", "-o", "log", "-t", "4");
    assertThat(command.base().getIncludes()).isEmpty();
    assertThat(command.base().getResult().hasValue()).isFalse();
    assertThat(command.base().getResultFormat().hasValue()).isFalse();
    assertThat(command.base().getOutput().hasValue()).isFalse();
    assertThat(command.base().getForkCount().get()).isEqualTo(3);
    assertThat(command.base().getThreads().get()).isEqualTo(4);
    assertThat(command.whole().getIncludes()).containsExactly("Read.*", "Write.*");
    assertThat(command.selectsBenchmarks()).isTrue();
    assertThat(command.resultFormat()).contains(ResultFormatType.CSV);
    assertThat(command.resultFile()).isEqualTo("x.csv");
    assertThat(command.output()).contains("log");
    assertThat(command.threads()).hasValue(4);
  }

  @Test
  void theArgumentOfAnOptionIsNoRegularExpression() {
    JmhCommand command = parse("-e", "Write", "-jvmArgsAppend", "-Xmx64m", "-prof", "gc");
    assertThat(command.selectsBenchmarks()).isFalse();
    assertThat(command.base().getExcludes()).containsExactly("Write");
    assertThat(command.base().getJvmArgsAppend().get()).containsExactly("-Xmx64m");
    assertThat(command.profiles()).isTrue();
    assertThat(command.appendedFlags()).startsWith("-Xmx64m");
    assertThat(command.jvmFlags(false)).endsWith("-Xmx64m");
  }

  private static List<String> collector(int processors, String... arguments) {
    return parse(arguments).collectorFlags(processors, false, List.of());
  }

  @Test
  void forksOnFewProcessorsCollectGarbageWithOneThread() {
    assertThat(collector(1)).containsExactly("-XX:+UseSerialGC");
    assertThat(collector(2, "-jvmArgsAppend", "-Xmx64m")).containsExactly("-XX:+UseSerialGC");
    assertThat(collector(3)).isEmpty();
  }

  /** A JVM that is told twice does not start. */
  @Test
  void aCollectorThatIsChosenIsKept() {
    List<String> chosen = List.of("-Xmx1g", "-XX:+UseG1GC");
    assertThat(collector(2, "-jvmArgsAppend", "-XX:+UseG1GC")).isEmpty();
    assertThat(collector(2, "-jvmArgsPrepend", "-XX:+UseZGC")).isEmpty();
    assertThat(collector(2, "-jvmArgs", "-Xmx1g -XX:+UseParallelGC")).isEmpty();
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertThat(collector(2, "-jvm", java)).as("it may be a script").isEmpty();
    assertThat(parse().collectorFlags(2, true, List.of())).isEmpty();
    assertThat(parse().collectorFlags(2, false, chosen)).isEmpty();
    assertThat(parse("-jvmArgs", "-Xmx1g").collectorFlags(2, false, chosen))
        .as("-jvmArgs replaces what is inherited")
        .containsExactly("-XX:+UseSerialGC");
  }

  @Test
  void theFlagsOfForksNameTheCollectorTheyAreGiven() {
    // Without the flags of this JVM, which name one.
    JmhCommand command = parse("-jvmArgs", "-Xmx1g", "-jvmArgsAppend", "-Xss1m");
    boolean given = !command.collectorFlags().isEmpty();
    List<String> serial = given ? List.of("-XX:+UseSerialGC") : List.of();
    assertThat(command.jvmFlags(true)).isEqualTo(join(List.of("-Xmx1g", "-Xss1m"), serial));
    assertThat(command.appendedFlags()).isEqualTo(join(List.of("-Xss1m"), serial));
    assertThat(command.jvmFlags(false)).containsExactly("-Xmx1g", "-Xss1m");
  }

  private static List<String> join(List<String> first, List<String> second) {
    List<String> all = new ArrayList<>(first);
    all.addAll(second);
    return all;
  }

  @Test
  void readsAttachedArgumentsAsJmhDoes() {
    JmhCommand command =
        parse("-f2", "-p=size=1KB,2KB", "-pcolour=red", "-rff=x.json", "-rf=json", "-olog");
    assertThat(command.parameters())
        .containsEntry("size", List.of("1KB", "2KB"))
        .containsEntry("colour", List.of("red"));
    assertThat(command.base().getForkCount().get()).isEqualTo(2);
    assertThat(command.base().getResult().hasValue()).isFalse();
    assertThat(command.base().getOutput().hasValue()).isFalse();
    assertThat(command.resultFile()).isEqualTo("x.json");
    assertThat(command.output()).contains("log");
  }

  @Test
  void gathersParameters() {
    assertThat(parse("-p", "size=1KB,4KB", "-p", "rtt=5ms", "-p", "size=1MB").parameters())
        .containsExactly(
            org.assertj.core.api.Assertions.entry("size", List.of("1KB", "4KB", "1MB")),
            org.assertj.core.api.Assertions.entry("rtt", List.of("5ms")));
    assertRefused("-p size: accepted: name=value,value,…", "-p", "size");
    assertRefused("-p size=: accepted: name=value,value,…", "-p", "size=");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-f 1", "-wi 1", "-i 1", "-w 1s", "-r 1s", "-to 9s", "-bm ss"})
  void aSizingOptionMakesAllSizesJmhs(String option) {
    assertThat(parse(option.split(" ")).decidesSizes()).isTrue();
  }

  @Test
  void otherOptionsLeaveTheSizesToTheProfile() {
    assertThat(parse("-t", "4", "-p", "size=1KB", "-prof", "gc", "Read").decidesSizes()).isFalse();
  }

  @Test
  void sizesAreThoseTheUserGave() {
    assertThat(parse("-f", "2", "-wi", "0", "-w", "100ms", "-i", "7", "-r", "2").sizes())
        .isEqualTo(new Sizes(2, 0, Duration.ofMillis(100), 7, Duration.ofSeconds(2)));
    assertThat(parse("-wf", "4").sizes().warmupForks()).isEqualTo(4);
    assertThat(parse("-f", "2").sizes()).isEqualTo(new Sizes(2, null, null, null, null));
  }

  @Test
  void resultsHaveJmhsOwnDefaults() {
    assertThat(parse().resultFormat()).isEmpty();
    assertThat(parse("-rff", "x").resultFormat()).contains(ResultFormatType.CSV);
    assertThat(parse("-rf", "json").resultFile()).isEqualTo("jmh-result.json");
  }

  @Test
  void jmhsOutputIsShownOnDemand() {
    assertThat(parse().showsJmhOutput()).isFalse();
    assertThat(parse("-v", "EXTRA").showsJmhOutput()).isTrue();
    assertThat(parse("-v", "EXTRA").verbosity()).isEqualTo(VerboseMode.EXTRA);
    assertThat(parse("-o", "log").showsJmhOutput()).isTrue();
  }

  @Test
  void threadsMayBeAllThereAre() {
    assertThat(parse("-t", "max").threads()).hasValue(Runtime.getRuntime().availableProcessors());
    assertThat(parse().threads()).as("the benchmark decides").isEmpty();
  }

  @Test
  void modesAndFailFastComeFromJmhsParser() {
    assertThat(parse("-bm", "thrpt,ss").whole().getBenchModes())
        .containsExactlyInAnyOrder(Mode.Throughput, Mode.SingleShotTime);
    assertThat(parse("-foe", "true").failsFast()).isTrue();
    assertThat(parse().failsFast()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-nosuch", "--targets x", "-f many", "-f"})
  void saysWhatJmhDoesNotUnderstand(String arguments) {
    assertThatThrownBy(() -> parse(arguments.split(" ")))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageEndingWith("; run with -h for what is accepted")
        .message()
        .doesNotContain("\n");
  }
}
