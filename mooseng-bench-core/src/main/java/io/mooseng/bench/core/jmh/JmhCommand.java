package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.machine.CollectorChoice;
import io.mooseng.bench.core.plan.Sizes;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Defaults;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The part of the command line that is JMH's, parsed by JMH's own parser.
 *
 * <p>{@link #base} is what every cell inherits: all but the regular expressions (JMH adds those of
 * a parent to one's own) and the options about output, which are ours to carry out because the
 * results of all cells are merged first.
 */
public final class JmhCommand {

  /** Options of JMH 1.37 that take an argument; a test compares them with JMH's own help. */
  private static final Set<String> WITH_ARGUMENT =
      Set.of(
          "bm",
          "bs",
          "e",
          "f",
          "foe",
          "gc",
          "i",
          "jvm",
          "jvmArgs",
          "jvmArgsAppend",
          "jvmArgsPrepend",
          "o",
          "opi",
          "p",
          "prof",
          "r",
          "rf",
          "rff",
          "si",
          "t",
          "tg",
          "to",
          "tu",
          "v",
          "w",
          "wbs",
          "wf",
          "wi",
          "wm",
          "wmb");

  /** Options that only make JMH print something. */
  private static final Set<String> LISTING = Set.of("l", "lp", "lprof", "lrf");

  private static final Set<String> OUTPUT = Set.of("o", "rf", "rff");

  /** So many are not enough for a client and the threads of G1: measured on two. */
  private static final int FEW_PROCESSORS = 2;

  private final CommandLineOptions whole;
  private final CommandLineOptions base;
  private final Map<String, List<String>> parameters;

  private JmhCommand(
      CommandLineOptions whole, CommandLineOptions base, Map<String, List<String>> parameters) {
    this.whole = whole;
    this.base = base;
    this.parameters = parameters;
  }

  /** Whether {@code token} is an option of JMH that takes the next token as its argument. */
  public static boolean takesArgument(String token) {
    return token.startsWith("-") && token.indexOf('=') < 0 && WITH_ARGUMENT.contains(name(token));
  }

  static Set<String> withArgument() {
    return WITH_ARGUMENT;
  }

  /** Whether {@code token} asks JMH to list something. */
  public static boolean isListing(String token) {
    return token.startsWith("-") && LISTING.contains(name(token));
  }

  /** The option a token names, without dashes and without a value behind an equals sign. */
  private static String name(String token) {
    return token.replaceFirst("^--?", "").replaceFirst("=.*", "");
  }

  /**
   * Parses JMH's options.
   *
   * @throws ConfigurationException with JMH's own words, or if an option spans cells
   */
  public static JmhCommand parse(List<String> given) {
    List<String> arguments = separated(given);
    List<String> forCells = new ArrayList<>();
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (int i = 0; i < arguments.size(); i++) {
      String token = arguments.get(i);
      if (!token.startsWith("-")) {
        continue;
      }
      refuseUnknown(token);
      boolean withArgument = takesArgument(token) && i + 1 < arguments.size();
      if (!OUTPUT.contains(name(token))) {
        forCells.add(token);
        if (withArgument) {
          forCells.add(arguments.get(i + 1));
        }
      }
      if (withArgument) {
        i++;
        JmhRefusals.checkArgument(name(token), arguments.get(i));
        if (name(token).equals("p")) {
          parameter(arguments.get(i), parameters);
        }
      }
    }
    try {
      JmhCommand command =
          new JmhCommand(
              new CommandLineOptions(arguments.toArray(String[]::new)),
              new CommandLineOptions(forCells.toArray(String[]::new)),
              parameters);
      JmhRefusals.check(command.whole);
      return command;
    } catch (CommandLineOptionException e) {
      throw new ConfigurationException(e.getMessage() + "; run with -h for what is accepted");
    }
  }

  /** JMH's parser would name only a part of it. Abbreviations and joined values are its own. */
  private static void refuseUnknown(String token) {
    String name = name(token);
    boolean joined = !name.isEmpty() && WITH_ARGUMENT.contains(name.substring(0, 1));
    boolean known =
        Stream.concat(WITH_ARGUMENT.stream(), LISTING.stream())
            .anyMatch(option -> option.startsWith(name));
    if (name.isEmpty() || !joined && !known && !name.equals("h")) {
      throw new ConfigurationException(
          token + ": there is no such option; run with -h for what is accepted");
    }
  }

  /** Writes {@code -p=size=1KB} and {@code -psize=1KB}, which JMH accepts too, as two tokens. */
  private static List<String> separated(List<String> arguments) {
    List<String> tokens = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String token = arguments.get(i);
      int end = token.startsWith("-") ? endOfAttachedOption(token) : -1;
      if (end < 0) {
        tokens.add(token);
        if (takesArgument(token) && i + 1 < arguments.size()) {
          tokens.add(arguments.get(++i));
        }
      } else {
        tokens.add(token.substring(0, end));
        tokens.add(token.substring(token.charAt(end) == '=' ? end + 1 : end));
      }
    }
    return tokens;
  }

  /** Where the option ends in a token that carries its argument too; -1 if it carries none. */
  private static int endOfAttachedOption(String token) {
    int equals = token.indexOf('=');
    if (equals > 0 && takesArgument(token.substring(0, equals))) {
      return equals;
    }
    boolean abbreviates =
        Stream.concat(WITH_ARGUMENT.stream(), LISTING.stream())
            .anyMatch(option -> option.startsWith(name(token)));
    boolean attached = !abbreviates && token.length() > 2 && takesArgument(token.substring(0, 2));
    return attached ? 2 : -1;
  }

  private static void parameter(String argument, Map<String, List<String>> parameters) {
    int equals = argument.indexOf('=');
    if (equals < 1 || equals == argument.length() - 1) {
      throw new ConfigurationException("-p " + argument + ": accepted: name=value,value,…");
    }
    parameters
        .computeIfAbsent(argument.substring(0, equals), name -> new ArrayList<>())
        .addAll(List.of(argument.substring(equals + 1).split(",")));
  }

  /** Options that every cell inherits. */
  CommandLineOptions base() {
    return base;
  }

  /** Everything the user gave to JMH. */
  CommandLineOptions whole() {
    return whole;
  }

  /** The user's {@code -p} options. */
  public Map<String, List<String>> parameters() {
    return parameters;
  }

  /** Whether the user said which benchmarks to run. */
  public boolean selectsBenchmarks() {
    return !whole.getIncludes().isEmpty();
  }

  /** Whether one of the options is given that make all sizes JMH's business. */
  public boolean decidesSizes() {
    return whole.getForkCount().hasValue()
        || whole.getWarmupIterations().hasValue()
        || whole.getMeasurementIterations().hasValue()
        || whole.getWarmupTime().hasValue()
        || whole.getMeasurementTime().hasValue()
        || whole.getTimeout().hasValue()
        || !whole.getBenchModes().isEmpty();
  }

  /** The sizes the user gave. */
  public Sizes sizes() {
    return new Sizes(
        whole.getForkCount().orElse(null),
        whole.getWarmupForkCount().orElse(null),
        whole.getWarmupIterations().orElse(null),
        duration(whole.getWarmupTime().orElse(null)),
        whole.getMeasurementIterations().orElse(null),
        duration(whole.getMeasurementTime().orElse(null)));
  }

  static Duration duration(TimeValue value) {
    return value == null ? null : Duration.ofNanos(value.convertTo(TimeUnit.NANOSECONDS));
  }

  /** Format of the result file the user asked JMH for, if any; JMH's default is CSV. */
  public Optional<ResultFormatType> resultFormat() {
    if (whole.getResultFormat().hasValue()) {
      return Optional.of(whole.getResultFormat().get());
    }
    return whole.getResult().hasValue() ? Optional.of(Defaults.RESULT_FORMAT) : Optional.empty();
  }

  /** Name of the result file the user asked JMH for, as JMH would choose it. */
  public String resultFile() {
    return whole
        .getResult()
        .orElse(
            Defaults.RESULT_FILE_PREFIX
                + "."
                + resultFormat().orElseThrow().toString().toLowerCase(Locale.ROOT));
  }

  /**
   * Makes sure that the result file can be written, before time is spent on results. Leaves an
   * empty file where there was none, as JMH does.
   *
   * @throws ConfigurationException naming the file
   */
  public void requireWritableResultFile() {
    if (resultFormat().isEmpty()) {
      return;
    }
    Path file = Path.of(resultFile()).toAbsolutePath();
    try {
      Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (IOException e) {
      String reason =
          Files.isDirectory(file.getParent())
              ? String.valueOf(e.getMessage())
              : "there is no such directory";
      throw new ConfigurationException(
          "-rff %s: cannot be written: %s".formatted(resultFile(), reason));
    }
  }

  /** Whether the user wants to see JMH's own output. */
  public boolean showsJmhOutput() {
    return whole.verbosity().hasValue() || whole.getOutput().hasValue();
  }

  /** How much of JMH's own output to show. */
  public VerboseMode verbosity() {
    return whole.verbosity().orElse(Defaults.VERBOSITY);
  }

  /** Where JMH's own output goes, if not to the terminal. */
  public Optional<String> output() {
    return Optional.ofNullable(whole.getOutput().orElse(null));
  }

  /** Whether a failed benchmark ends the run. */
  public boolean failsFast() {
    return whole.shouldFailOnError().orElse(false);
  }

  /** Whether profilers were asked for. */
  public boolean profiles() {
    return !whole.getProfilers().isEmpty();
  }

  /**
   * Client threads of a fork, if the user decided; JMH's {@code max} counts as the processors of
   * this machine.
   */
  public OptionalInt threads() {
    if (!whole.getThreads().hasValue()) {
      return OptionalInt.empty();
    }
    int threads = whole.getThreads().get();
    return OptionalInt.of(threads > 0 ? threads : Runtime.getRuntime().availableProcessors());
  }

  /** Whether more calls than one make a measurement. */
  public boolean batches() {
    return whole.getMeasurementBatchSize().orElse(1) != 1
        || whole.getWarmupBatchSize().orElse(1) != 1;
  }

  /** Whether the user decided how long an iteration may take. */
  boolean decidesTimeout() {
    return whole.getTimeout().hasValue();
  }

  /**
   * The JVM flags of what measures, in JMH's order: the user's, and {@link #collectorFlags}.
   *
   * @param forked whether anything is forked; what runs in this JVM has its collector
   */
  public List<String> jvmFlags(boolean forked) {
    List<String> flags = new ArrayList<>(givenFlags(inheritedFlags()));
    if (forked) {
      flags.addAll(collectorFlags());
    }
    return flags;
  }

  /** The user's {@code -jvmArgsAppend}, and {@link #collectorFlags}. */
  List<String> appendedFlags() {
    List<String> flags = new ArrayList<>(whole.getJvmArgsAppend().orElse(List.of()));
    flags.addAll(collectorFlags());
    return flags;
  }

  /**
   * What forks are told of how to collect garbage: on few processors, with one thread, unless
   * somebody else may have chosen a collector (decision 021).
   */
  List<String> collectorFlags() {
    return collectorFlags(
        Runtime.getRuntime().availableProcessors(),
        CollectorChoice.isMadeByEnvironment(),
        inheritedFlags());
  }

  /**
   * @param chosen whether the environment may name a collector
   * @param inherited flags of this JVM, which forks take over unless the user gives others
   */
  List<String> collectorFlags(int processors, boolean chosen, List<String> inherited) {
    boolean ours =
        processors <= FEW_PROCESSORS
            && !chosen
            // Another JVM may have no such collector, or be a script that names one.
            && !whole.getJvm().hasValue()
            && !CollectorChoice.isMadeIn(givenFlags(inherited));
    return ours ? List.of(CollectorChoice.SERIAL) : List.of();
  }

  /** The JVM flags the user gives to forks, in JMH's order. */
  private List<String> givenFlags(List<String> inherited) {
    List<String> flags = new ArrayList<>(whole.getJvmArgsPrepend().orElse(List.of()));
    flags.addAll(whole.getJvmArgs().orElse(inherited));
    flags.addAll(whole.getJvmArgsAppend().orElse(List.of()));
    return flags;
  }

  private static List<String> inheritedFlags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments();
  }
}
