package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.history.HistoryStore;
import io.mooseng.bench.core.history.StoredRun;
import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code history list}: the latest runs, one line each. */
@Command(
    name = "history list",
    description = "Lists the latest runs.",
    mixinStandardHelpOptions = true)
final class HistoryListCommand {

  private static final int COMMIT_LENGTH = 12;

  private final PrintStream out;

  @Mixin private HistoryOption history = new HistoryOption();

  @Option(names = "--last", paramLabel = "N", description = "How many (default: ${DEFAULT-VALUE}).")
  private int last = 20;

  HistoryListCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    if (last < 1) {
      throw new ConfigurationException("--last " + last + ": accepted: 1 or more");
    }
    List<StoredRun> runs;
    try (HistoryStore store = HistoryStore.open(history.location(), HistoryStore.Access.READ)) {
      runs = store.runs(last);
    }
    String format = "%-25s %-20s %-12s %-12s %-12s %5s %6s%n";
    out.printf(format, "run", "started (UTC)", "status", "commit", "conditions", "rows", "failed");
    for (StoredRun run : runs) {
      String commit = run.commit();
      out.printf(
          format,
          run.runId(),
          run.startedAt().toString().replaceFirst("\\.\\d+Z", "Z"),
          run.status(),
          printable(commit.substring(0, Math.min(commit.length(), COMMIT_LENGTH))),
          run.fingerprint(),
          run.rows(),
          run.failed());
    }
    return ExitCode.OK;
  }

  /** What came from outside must not steer the terminal. */
  static String printable(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}]", "?");
  }
}
