package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.merge.MergedRow;
import io.mooseng.bench.core.merge.Part;
import io.mooseng.bench.core.merge.RunMerge;
import io.mooseng.bench.core.report.TerminalSummary;
import io.mooseng.bench.core.report.html.ReportedRun;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.result.RunRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code merge}: runs of several load machines that were started together, as one run. */
@Command(
    name = "merge",
    description =
        "Joins runs of several load machines that carried out one plan at the same time (--start-at)"
            + " into one run; histograms add up exactly.",
    mixinStandardHelpOptions = true)
final class MergeCommand {

  private final PrintStream out;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run directories, two or more.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the run directory is made (default: ${DEFAULT-VALUE}).")
  private Path directory = Path.of("bench-results");

  MergeCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) throws IOException {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    RunMerge merge = RunMerge.of(runs.stream().map(Part::read).toList());
    List<MergedRow> rows = merge.rows();
    RunDirectory merged = RunDirectory.create(directory, merge.header());
    rows.forEach(row -> merged.add(row.result(), row.measurements()));
    RunRecord record = merged.finish(merge.status(), merge.finishedAt());
    out.print(new TerminalSummary(false, false).render(record, merged.path()));
    ReportCommand.write(List.of(ReportedRun.read(merged.path())), merged.reportHtml());
    return record.anyFailed() ? ExitCode.FAILED : ExitCode.OK;
  }
}
