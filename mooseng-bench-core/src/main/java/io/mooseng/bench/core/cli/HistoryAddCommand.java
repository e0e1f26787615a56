package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.history.Entries;
import io.mooseng.bench.core.history.HistoryEntry;
import io.mooseng.bench.core.history.HistoryStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history add}: puts runs into the history, each as a whole or not at all. */
@Command(
    name = "history add",
    description = "Puts runs into the history. A run that is there already is left as it is.",
    mixinStandardHelpOptions = true)
final class HistoryAddCommand {

  private final PrintStream out;

  @Mixin private HistoryOption history = new HistoryOption();

  @Parameters(
      paramLabel = "RUN",
      arity = "1..*",
      description = "Run directory, its run.json, or a JSON file that JMH wrote (-rf json).")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--commit",
      paramLabel = "ID",
      description =
          "Commit of what was measured (default: the harness's own, as the run tells it).")
  private String commit;

  @Option(
      names = "--at",
      paramLabel = "INSTANT",
      description =
          "When JMH's file was measured, such as 2026-03-01T10:20:30Z (default: when it was last"
              + " written).")
  private String at;

  @Option(
      names = "--replace",
      description = "Take this file instead of another one of the same run.")
  private boolean replace;

  HistoryAddCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    Entries.Said said =
        new Entries.Said(Optional.ofNullable(commit), Optional.ofNullable(at).map(this::instant));
    // All are read before one is added, so that a mistake is told before anything has happened.
    List<HistoryEntry> entries = runs.stream().map(run -> Entries.read(run, said)).toList();
    try (HistoryStore store = HistoryStore.open(history.location(), HistoryStore.Access.WRITE)) {
      for (HistoryEntry entry : entries) {
        HistoryStore.Added added = store.add(entry, replace);
        out.printf(
            "%s %s: %d rows, %d values%n",
            switch (added) {
              case NEW -> "added";
              case KNOWN -> "already there:";
              case REPLACED -> "replaced";
            },
            entry.run().runId(),
            entry.run().rows(),
            entry.values().size());
      }
    }
    return ExitCode.OK;
  }

  private Instant instant(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new ConfigurationException(
          "--at " + text + ": accepted: an instant such as 2026-03-01T10:20:30Z");
    }
  }
}
