package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.ConfigurationException;
import java.io.File;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.openjdk.jmh.profile.ProfilerException;
import org.openjdk.jmh.profile.ProfilerFactory;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.ProfilerConfig;

/**
 * What is refused of JMH's options before anything starts, because JMH would notice late, or never,
 * or because the way cells are run here leaves no room for it.
 */
final class JmhRefusals {

  /** Options that are on or off. */
  private static final Set<String> SWITCHES = Set.of("foe", "gc", "si");

  /** Options whose argument may be empty: no arguments for the JVM. */
  private static final String JVM_ARGUMENTS = "jvmArgs";

  private JmhRefusals() {}

  /**
   * Looks at one argument as the user wrote it.
   *
   * @param option the option's name, without dashes
   * @throws ConfigurationException in one line
   */
  static void checkArgument(String option, String argument) {
    if (argument.isBlank() && !option.startsWith(JVM_ARGUMENTS)) {
      throw new ConfigurationException("-" + option + " needs a value; run with -h for which");
    }
    if (option.equals("rf")) {
      requireResultFormat(argument);
    } else if (SWITCHES.contains(option)) {
      requireTruth(option, argument);
    }
  }

  /**
   * Looks at all options together.
   *
   * @throws ConfigurationException in one line
   */
  static void check(CommandLineOptions options) {
    refuseWhatSpansCells(options);
    refuseProfilersThatCannotStart(options);
    if (options.getJvm().hasValue()) {
      requireProgram(options.getJvm().get());
    }
  }

  /** JMH takes everything but true for false. */
  private static void requireTruth(String option, String text) {
    if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
      throw new ConfigurationException("-%s %s: accepted: true, false".formatted(option, text));
    }
  }

  /** JMH itself would name a Java constant that does not exist. */
  private static void requireResultFormat(String text) {
    List<String> accepted =
        Arrays.stream(ResultFormatType.values())
            .map(format -> format.toString().toLowerCase(Locale.ROOT))
            .toList();
    if (!accepted.contains(text.toLowerCase(Locale.ROOT))) {
      throw new ConfigurationException(
          "-rf %s: accepted: %s".formatted(text, String.join(", ", accepted)));
    }
  }

  /** JMH finds out when it starts a fork, which here would be once for every cell. */
  private static void refuseProfilersThatCannotStart(CommandLineOptions options) {
    for (ProfilerConfig profiler : options.getProfilers()) {
      try {
        ProfilerFactory.getProfilerOrException(profiler);
      } catch (ProfilerException e) {
        throw new ConfigurationException("-prof " + name(profiler) + ": " + reason(profiler, e));
      }
    }
  }

  /** As the operating system looks for it: a path, or a name in one of the directories of PATH. */
  private static void requireProgram(String jvm) {
    boolean path = jvm.contains(File.separator);
    String directories = Objects.requireNonNullElse(System.getenv("PATH"), "");
    boolean found =
        path
            ? isProgram(new File(jvm))
            : Arrays.stream(directories.split(File.pathSeparator))
                .anyMatch(directory -> isProgram(new File(directory, jvm)));
    if (!found) {
      throw new ConfigurationException(
          "-jvm " + jvm + ": accepted: an executable file, such as JAVA_HOME/bin/java");
    }
  }

  private static boolean isProgram(File file) {
    return file.isFile() && file.canExecute();
  }

  private static String name(ProfilerConfig profiler) {
    return profiler.getOpts().isEmpty()
        ? profiler.getKlass()
        : profiler.getKlass() + ":" + profiler.getOpts();
  }

  /** The first line of what JMH says, or all of it if the user asked for it. */
  private static String reason(ProfilerConfig profiler, ProfilerException e) {
    if (e.getCause() instanceof ClassNotFoundException) {
      return "no such profiler; -lprof lists them";
    }
    String message = String.valueOf(e.getMessage()).strip();
    return profiler.getOpts().equals("help") ? message : message.lines().findFirst().orElse("");
  }

  private static void refuseWhatSpansCells(CommandLineOptions options) {
    if (options.getWarmupMode().hasValue() && options.getWarmupMode().get().isBulk()) {
      throw new ConfigurationException(
          "-wm %s: every fork runs one cell here, so nothing can be warmed up in bulk;"
                  .formatted(options.getWarmupMode().get())
              + " accepted: INDI");
    }
    if (!options.getWarmupIncludes().isEmpty()) {
      throw new ConfigurationException(
          "-wmb: every fork runs one cell here, so no other benchmark can warm it up;"
              + " leave the option out");
    }
  }
}
