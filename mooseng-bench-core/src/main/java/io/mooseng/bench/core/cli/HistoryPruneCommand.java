package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.history.HistoryStore;
import java.io.PrintStream;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code history prune}: removes old runs. */
@Command(
    name = "history prune",
    description = "Removes old runs for good.",
    mixinStandardHelpOptions = true)
final class HistoryPruneCommand {

  private final PrintStream out;

  @Mixin private HistoryOption history = new HistoryOption();

  @Option(names = "--keep", paramLabel = "N", description = "Keep the newest N runs.")
  private Integer keep;

  @Option(
      names = "--before",
      paramLabel = "DATE",
      description = "Remove runs that began before this day (UTC), such as 2026-01-31.")
  private String before;

  HistoryPruneCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    if (keep == null && before == null) {
      throw new ConfigurationException("history prune needs --keep N or --before DATE");
    }
    if (keep != null && keep < 1) {
      throw new ConfigurationException("--keep " + keep + ": accepted: 1 or more");
    }
    Optional<Instant> limit = Optional.ofNullable(before).map(HistoryPruneCommand::beginOfDay);
    try (HistoryStore store = HistoryStore.open(history.location(), HistoryStore.Access.READ)) {
      store.metrics(); // A history that is not there is not made only to have nothing removed.
    }
    try (HistoryStore store = HistoryStore.open(history.location(), HistoryStore.Access.WRITE)) {
      int removed = store.prune(Optional.ofNullable(keep), limit);
      out.println("removed " + removed + (removed == 1 ? " run" : " runs"));
    }
    return ExitCode.OK;
  }

  private static Instant beginOfDay(String text) {
    try {
      return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeParseException e) {
      throw new ConfigurationException("--before " + text + ": accepted: a day such as 2026-01-31");
    }
  }
}
