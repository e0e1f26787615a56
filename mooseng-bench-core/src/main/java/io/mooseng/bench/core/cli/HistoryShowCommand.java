package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.history.HistoryStore;
import io.mooseng.bench.core.history.StoredRun;
import io.mooseng.bench.core.report.TerminalSummary;
import io.mooseng.bench.core.result.RunReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code history show}: one run, as it ended on the terminal; or its file as it was added. */
@Command(
    name = "history show",
    description = "Shows a run, or writes its file.",
    mixinStandardHelpOptions = true)
final class HistoryShowCommand {

  private static final String IMPORTED = "imported";

  private final PrintStream out;

  @Mixin private HistoryOption history = new HistoryOption();

  @Parameters(paramLabel = "ID", description = "Id of the run, or the beginning of it.")
  private String id;

  @Option(
      names = "--out",
      paramLabel = "FILE.json",
      description = "Write the file that was added, for compare, report, and other programs.")
  private Path file;

  HistoryShowCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) throws IOException {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    StoredRun run;
    byte[] document;
    try (HistoryStore store = HistoryStore.open(history.location(), HistoryStore.Access.READ)) {
      run = store.run(id);
      document =
          store
              .document(run.runId())
              .orElseThrow(
                  () ->
                      new ConfigurationException(
                          "the history has the values of run "
                              + run.runId()
                              + ", but not its file; it was added by an earlier version"));
    }
    if (file != null) {
      Files.write(file, document);
      out.println("Run " + run.runId() + ": " + file);
    } else if (run.status().equals(IMPORTED)) {
      out.println(new String(document, StandardCharsets.UTF_8).strip());
    } else {
      out.print(
          new TerminalSummary(false, false)
              .render(RunReader.read(run.runId(), document), Path.of("(in the history)")));
    }
    return ExitCode.OK;
  }
}
