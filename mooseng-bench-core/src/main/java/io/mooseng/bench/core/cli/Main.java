package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.compare.NotComparableException;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.history.HistoryException;
import io.mooseng.bench.core.merge.MergeException;
import io.mooseng.bench.core.result.RunDirectoryException;
import io.mooseng.bench.core.target.UnavailableException;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** The program. */
public final class Main {

  private static final String DEFAULT_COMMAND = "run";

  private final PrintStream out;
  private final PrintStream err;

  Main(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs the command and ends the program with its exit code. */
  public static void main(String[] args) {
    OptionalInt elsewhere = OneCompiler.run(args);
    System.exit(
        elsewhere.isPresent()
            ? elsewhere.getAsInt()
            : new Main(System.out, System.err).run(args).status());
  }

  /** A command of the program. */
  @FunctionalInterface
  interface Command {
    ExitCode run(List<String> arguments) throws IOException;
  }

  /** Runs the command; every failure the user can mend is one line on stderr. */
  ExitCode run(String... args) {
    List<String> arguments = Arrays.asList(args);
    try {
      return command(arguments);
    } catch (ConfigurationException e) {
      return end(ExitCode.USAGE, e, arguments);
    } catch (UnavailableException e) {
      return end(ExitCode.UNAVAILABLE, e, arguments);
    } catch (HistoryException e) {
      return end(e.isUnavailable() ? ExitCode.UNAVAILABLE : ExitCode.USAGE, e, arguments);
    } catch (RunDirectoryException | NotComparableException | MergeException | IOException e) {
      return end(ExitCode.USAGE, e, arguments);
    }
  }

  private ExitCode command(List<String> arguments) throws IOException {
    Map<String, Command> commands =
        Map.of(
            DEFAULT_COMMAND,
            rest -> new RunCommand(out, err).run(rest),
            "serve",
            rest -> new ServeCommand(out, err).run(rest),
            "doctor",
            rest -> new DoctorCommand(out, err).run(rest),
            "compare",
            rest ->
                PairsCommand.isMeant(rest)
                    ? new PairsCommand(out, err).compare(rest)
                    : new CompareCommand(out).run(rest),
            "aa",
            rest -> new PairsCommand(out, err).aa(rest),
            "gate",
            rest -> new GateCommand(out, err).run(rest),
            "report",
            rest -> new ReportCommand(out).run(rest),
            "history",
            rest -> new HistoryCommand(out).run(rest),
            "merge",
            rest -> new MergeCommand(out).run(rest));
    if (!arguments.isEmpty() && commands.containsKey(arguments.get(0))) {
      return commands.get(arguments.get(0)).run(arguments.subList(1, arguments.size()));
    }
    return commands.get(DEFAULT_COMMAND).run(arguments);
  }

  private ExitCode end(ExitCode code, Exception cause, List<String> arguments) {
    err.println("mooseng-bench: " + cause.getMessage());
    if (arguments.contains(SettingKey.DEBUG.option()) || settingsWantTraces(arguments)) {
      cause.printStackTrace(err);
    }
    return code;
  }

  private static boolean settingsWantTraces(List<String> arguments) {
    try {
      return RunSettings.wantTraces(CommandLine.divide(arguments).settings());
    } catch (ConfigurationException e) {
      return false;
    }
  }
}
