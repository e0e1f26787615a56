package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.compare.CompareOptions;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.jmh.JmhCommand;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;

/**
 * The arguments of a measurement in turns: ours, and those of the runs it is made of.
 *
 * @param own by option; repeatable ones in order
 * @param run what every run is given
 */
record PairsArguments(Map<String, List<String>> own, List<String> run) {

  static final String JAR_A = "--jar-a";
  static final String JAR_B = "--jar-b";
  static final String TARGET = "--target";
  private static final String METRIC = "--metric";
  private static final String THRESHOLD = "--threshold";
  private static final String PAIRS = "--pairs";
  private static final String MARKDOWN = "--markdown";
  private static final String JSON = "--json";
  private static final String HTML = "--html";
  private static final String OUT = "--out";
  private static final String NOISE = "--noise";

  private static final String NO_CONFIRM = "--no-confirm";

  private static final Set<String> OWN =
      Set.of(JAR_A, JAR_B, METRIC, THRESHOLD, PAIRS, MARKDOWN, JSON, HTML, OUT, NOISE);

  /** More than one fork would be a pair of several. */
  private static final String FORKS = "-f";

  private static final Set<String> SIZES = Set.of("-wi", "-i", "-w", "-r", "-to", "-bm");
  private static final Set<String> NOT_HERE = Set.of("-wf", "-rf", "-rff", "-o", "--start-at");
  private static final Set<String> ONE_FORK_PROFILES = Set.of("smoke", "quick");
  private static final int MOST_PAIRS = 1_000;
  private static final int LEAST_PAIRS = 2;

  /** Long measuring of ceilings would be half of a short run. */
  private static final String CEILING_TIME = "--ceiling-time";

  private static final String SHORT = "500ms";

  /**
   * Divides the arguments.
   *
   * @param targets whether {@code --target} names a side, and is no part of the runs
   */
  static PairsArguments divide(List<String> arguments, boolean targets) {
    Map<String, List<String>> own = new TreeMap<>();
    List<String> run = new ArrayList<>();
    for (int i = 0; i < arguments.size(); i++) {
      String token = arguments.get(i);
      int equals = token.indexOf('=');
      String option = token.startsWith("--") && equals > 0 ? token.substring(0, equals) : token;
      if (token.equals(NO_CONFIRM)) {
        own.put(NO_CONFIRM, List.of());
        continue;
      }
      boolean ours = OWN.contains(option) || targets && option.equals(TARGET);
      if (!ours) {
        run.add(token);
        if (JmhCommand.takesArgument(token) && i + 1 < arguments.size()) {
          run.add(arguments.get(++i));
        }
        continue;
      }
      boolean inline = !option.equals(token);
      if (!inline && i + 1 == arguments.size()) {
        throw new ConfigurationException(option + " needs a value");
      }
      own.computeIfAbsent(option, o -> new ArrayList<>())
          .add(inline ? token.substring(equals + 1) : arguments.get(++i));
    }
    return new PairsArguments(own, runOf(run));
  }

  /** One fork each, however long it is. */
  private static List<String> runOf(List<String> given) {
    for (String token : given) {
      String option = token.replaceFirst("=.*", "");
      if (option.equals(FORKS) || NOT_HERE.contains(option)) {
        throw new ConfigurationException(
            option
                + ": not accepted when runs are measured in turns: every run is one fork; see"
                + " --pairs");
      }
    }
    List<String> run = new ArrayList<>(given);
    boolean sized = given.stream().map(t -> t.replaceFirst("=.*", "")).anyMatch(SIZES::contains);
    int profile = given.indexOf("--profile");
    if (sized) {
      run.addAll(List.of(FORKS, "1"));
    } else if (profile >= 0
        && profile + 1 < given.size()
        && !ONE_FORK_PROFILES.contains(given.get(profile + 1))) {
      throw new ConfigurationException(
          "--profile %s: it has several forks; accepted in turns: smoke, quick, or sizes (-wi -w -i -r)"
              .formatted(given.get(profile + 1)));
    }
    if (given.stream().noneMatch(token -> token.startsWith(CEILING_TIME))) {
      run.addAll(List.of(CEILING_TIME, SHORT));
    }
    return run;
  }

  CompareOptions options() {
    double threshold =
        last(THRESHOLD)
            .map(text -> Share.parse(THRESHOLD, text))
            .orElse(CompareOptions.DEFAULT_THRESHOLD);
    return CompareOptions.of(own.getOrDefault(METRIC, List.of()), threshold);
  }

  OptionalInt pairs() {
    Optional<String> text = last(PAIRS);
    if (text.isEmpty()) {
      return OptionalInt.empty();
    }
    try {
      int pairs = Integer.parseInt(text.get());
      if (pairs >= LEAST_PAIRS && pairs <= MOST_PAIRS) {
        return OptionalInt.of(pairs);
      }
    } catch (NumberFormatException e) {
      // Told below.
    }
    throw new ConfigurationException(
        "%s %s: accepted: a whole number from %s to %s"
            .formatted(PAIRS, text.get(), "" + LEAST_PAIRS, "" + MOST_PAIRS));
  }

  /** Whether what seems to be worse is measured again. */
  boolean confirms() {
    return !own.containsKey(NO_CONFIRM);
  }

  Path out() {
    return Path.of(last(OUT).orElse("bench-results"));
  }

  Path markdown() {
    return last(MARKDOWN).map(Path::of).orElse(null);
  }

  Path json() {
    return last(JSON).map(Path::of).orElse(null);
  }

  Path html() {
    return last(HTML).map(Path::of).orElse(null);
  }

  /** The noise file that was named, {@code none}, or nothing. */
  Optional<String> noise() {
    return last(NOISE);
  }

  Optional<String> last(String option) {
    List<String> values = own.getOrDefault(option, List.of());
    return values.isEmpty() ? Optional.empty() : Optional.of(values.get(values.size() - 1));
  }

  /** A jar that is there. */
  Path jar(String option) {
    Path jar =
        last(option)
            .map(Path::of)
            .orElseThrow(() -> new ConfigurationException("--jar-a and --jar-b belong together"));
    if (!Files.isRegularFile(jar)) {
      throw new ConfigurationException(option + " " + jar + ": there is no such file");
    }
    return jar;
  }
}
