package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.compare.CompareOptions;
import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.compare.Resampled;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import io.mooseng.bench.core.report.ComparisonText;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code compare BASE CANDIDATE}: what two runs that are there say together. */
@Command(
    name = "compare",
    customSynopsis = {
      "compare [options] BASE CANDIDATE",
      "compare --jar-a OLD.jar --jar-b NEW.jar [--pairs N] [options] [options of run]",
      "compare --target A --target B [--pairs N] [options] [options of run]"
    },
    description = {
      "Compares two runs, row by row: by how much they differ, and whether it is noise.",
      "With two jars or targets it measures them in turns, one fork of each makes a pair, until"
          + " every row is decided (after 6, 10, 14 or 20 pairs) or --pairs are made. What seems"
          + " worse is then measured again with ten fresh pairs (--no-confirm: it is not)."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit code: 0 nothing is worse, 1 a regression or a row that fails now, 2 not comparable,",
      "3 some rows are inconclusive."
    })
final class CompareCommand {

  private static final Path DEFAULT_OUT = Path.of("bench-results");

  private final PrintStream out;

  @Mixin private ComparisonArguments common = new ComparisonArguments();

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

  @Option(
      names = "--bootstrap",
      description = "Also print intervals by resampling forks and iterations (9,999 times a row).")
  private boolean bootstrap;

  @Option(names = "--html", paramLabel = "FILE", description = "Also write a page of HTML.")
  private Path html;

  CompareCommand(PrintStream out) {
    this.out = out;
  }

  ExitCode run(List<String> arguments) throws IOException {
    if (!PicocliOptions.parse(this, arguments, out)) {
      return ExitCode.OK;
    }
    RunFiles.Two runs = RunFiles.readBoth(base, candidate, metrics);
    CompareOptions options = options(runs.base(), runs.candidate());
    Comparison comparison =
        new Comparer(options).compare(runs.base(), runs.candidate(), common.paired());
    new ComparisonOutput(out, common.markdown(), common.json(), html).print(comparison);
    if (bootstrap) {
      resampled(comparison, runs);
    }
    return exitCode(comparison);
  }

  private void resampled(Comparison comparison, RunFiles.Two runs) {
    out.println("Changes by resampling forks, and iterations in them (95 %):");
    for (ComparedRow row : comparison.rows()) {
      String interval =
          Resampled.of(runs.base().run(), runs.candidate().run(), row)
              .map(one -> "[%s, %s]".formatted(signed(one.lo()), signed(one.hi())))
              .orElse("none: iterations do not have this metric, or there is one fork");
      String name = row.name().replaceAll("\\p{Cntrl}", "?");
      out.println("  " + name + " " + row.metric() + ": " + interval);
    }
  }

  private static String signed(double share) {
    return ComparisonText.signed(share);
  }

  private CompareOptions options(Comparer.Input from, Comparer.Input to) {
    CompareOptions asked = CompareOptions.of(metrics, threshold);
    if (acrossHosts) {
      return asked.betweenHosts();
    }
    return asked
        .withNoise(common.noiseFloors(DEFAULT_OUT, from.run().environment()))
        .notComparing(common.notCompared(from.run(), to.run()));
  }

  /** What a comparison means for who started it. */
  static ExitCode exitCode(Comparison comparison) {
    if (comparison.failed() + comparison.count(Verdict.REGRESSION) > 0) {
      return ExitCode.FAILED;
    }
    return comparison.count(Verdict.INCONCLUSIVE) > 0 ? ExitCode.INCONCLUSIVE : ExitCode.OK;
  }
}
