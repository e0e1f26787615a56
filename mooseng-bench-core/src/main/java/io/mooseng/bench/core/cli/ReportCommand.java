package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.report.html.HtmlReport;
import io.mooseng.bench.core.report.html.ReportedRun;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code report}: one HTML file from one or several runs. */
@Command(
    name = "report",
    description = "Writes one self-contained HTML file about one or several runs.",
    mixinStandardHelpOptions = true)
final class ReportCommand {

  private static final String FILE = "report.html";

  private final PrintStream out;

  @Parameters(paramLabel = "RUN", arity = "1..*", description = "Run directory, or its run.json.")
  private List<Path> runs = new ArrayList<>();

  @Option(
      names = "--out",
      paramLabel = "FILE.html",
      description =
          "File to write (default: report.html in the run directory; of several runs, here).")
  private Path file;

  ReportCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) throws IOException {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    List<ReportedRun> read = runs.stream().map(ReportedRun::read).toList();
    Path to = file == null ? usualFile() : file;
    Path parent = to.toAbsolutePath().getParent();
    if (Files.isDirectory(to) || !Files.isDirectory(parent)) {
      throw new ConfigurationException(
          "--out %s: accepted: a file in a directory that exists".formatted(to));
    }
    write(read, to);
    out.println("Report: " + to);
    return ExitCode.OK;
  }

  private Path usualFile() {
    Path run = runs.get(0);
    if (runs.size() > 1) {
      return Path.of(FILE);
    }
    return Files.isDirectory(run) ? run.resolve(FILE) : run.resolveSibling(FILE);
  }

  static void write(List<ReportedRun> runs, Path file) throws IOException {
    Files.write(file, HtmlReport.of(runs).getBytes(StandardCharsets.UTF_8));
  }
}
