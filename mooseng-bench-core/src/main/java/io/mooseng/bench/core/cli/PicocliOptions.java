package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** Fills the options of a command that has none of JMH's. */
final class PicocliOptions {

  private PicocliOptions() {}

  /**
   * Parses {@code arguments} into {@code command}, an object with picocli's annotations.
   *
   * @return whether the command is to go on; false after help was printed
   * @throws ConfigurationException in one line, for anything unknown or malformed
   */
  static boolean parse(Object command, List<String> arguments, PrintStream out) {
    CommandLine parser = new CommandLine(command);
    try {
      CommandLine.ParseResult result = parser.parseArgs(arguments.toArray(String[]::new));
      if (result.isUsageHelpRequested()) {
        parser.usage(out);
        return false;
      }
      if (result.isVersionHelpRequested()) {
        parser.printVersionHelp(out);
        return false;
      }
      result.matchedOptions().forEach(PicocliOptions::refuseEmpty);
      return true;
    } catch (ParameterException e) {
      throw new ConfigurationException(
          e.getMessage().lines().findFirst().orElse("unknown option")
              + "; run with -h for what is accepted");
    }
  }

  private static void refuseEmpty(OptionSpec option) {
    if (option.originalStringValues().stream().anyMatch(String::isBlank)) {
      throw new ConfigurationException(
          "%s needs a value: %s".formatted(option.longestName(), option.paramLabel()));
    }
  }
}
