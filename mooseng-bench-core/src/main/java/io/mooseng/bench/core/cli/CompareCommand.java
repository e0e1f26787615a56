package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.compare.CompareOptions;
import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare BASE CANDIDATE}: what two runs that are there say together. */
@Command(
    name = "compare",
    description =
        "Compares two runs, row by row: by how much they differ, and whether it is noise.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit code: 0 nothing is worse, 1 a regression or a row that fails now, 2 not comparable,",
      "3 some rows are inconclusive."
    })
final class CompareCommand {

  private final PrintStream out;

  @Parameters(
      index = "0",
      paramLabel = "BASE",
      description = "A run directory, or a run.json under any name.")
  private Path base;

  @Parameters(index = "1", paramLabel = "CANDIDATE", description = "The run to be judged.")
  private Path candidate;

  @Option(
      names = "--metric",
      paramLabel = "NAME",
      description =
          "Compare this metric, such as latency.p99; repeatable. Default: the primary one of each"
              + " row (throughput, median latency or response time).")
  private List<String> metrics = new ArrayList<>();

  @Option(
      names = "--threshold",
      paramLabel = "SHARE",
      converter = Share.class,
      description = "The smallest change that matters. Default: 3%%.")
  private double threshold = CompareOptions.DEFAULT_THRESHOLD;

  @Option(
      names = "--across-hosts",
      description =
          "Compare machines on purpose: each row as a share of its machine's ceiling, without"
              + " verdicts.")
  private boolean acrossHosts;

  @Option(names = "--markdown", paramLabel = "FILE", description = "Also write Markdown.")
  private Path markdown;

  @Option(names = "--json", paramLabel = "FILE", description = "Also write JSON.")
  private Path json;

  CompareCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) throws IOException {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    CompareOptions asked = CompareOptions.of(metrics, threshold);
    CompareOptions options = acrossHosts ? asked.betweenHosts() : asked;
    Comparison comparison =
        new Comparer(options).compare(RunFiles.read(base), RunFiles.read(candidate), false);
    new ComparisonOutput(out, markdown, json).print(comparison);
    return exitCode(comparison);
  }

  /** What a comparison means for who started it. */
  static ExitCode exitCode(Comparison comparison) {
    if (comparison.failed() + comparison.count(Verdict.REGRESSION) > 0) {
      return ExitCode.FAILED;
    }
    return comparison.count(Verdict.INCONCLUSIVE) > 0 ? ExitCode.INCONCLUSIVE : ExitCode.OK;
  }
}
