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
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
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
          + " every row is decided (after 6, 10, 14 or 20 pairs) or --pairs are made."
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
      names = "--paired",
      description = "Fork f of both runs was measured in one turn, as compare --jar-a does.")
  private boolean paired;

  @Option(
      names = "--common-rows",
      description =
          "Compare the rows that both runs have, though they selected different ones"
              + " (workload.hash).")
  private boolean commonRows;

  @Option(
      names = NoiseStore.OPTION,
      paramLabel = "FILE|none",
      description = "The noise of this machine, as aa keeps it. Default: in bench-results.")
  private String noise;

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
    Comparer.Input from = RunFiles.read(base);
    Comparer.Input to = RunFiles.read(candidate);
    Comparison comparison = new Comparer(options(from, to)).compare(from, to, paired);
    new ComparisonOutput(out, markdown, json).print(comparison);
    return exitCode(comparison);
  }

  private CompareOptions options(Comparer.Input from, Comparer.Input to) {
    CompareOptions asked = CompareOptions.of(metrics, threshold);
    if (acrossHosts) {
      return asked.betweenHosts();
    }
    NoiseStore store =
        NoiseStore.of(Optional.ofNullable(noise), DEFAULT_OUT, from.run().environment());
    Set<String> notCompared = commonRows ? CommonRows.require(from.run(), to.run()) : Set.of();
    return asked.withNoise(store.floors().floors()).notComparing(notCompared);
  }

  /** What a comparison means for who started it. */
  static ExitCode exitCode(Comparison comparison) {
    if (comparison.failed() + comparison.count(Verdict.REGRESSION) > 0) {
      return ExitCode.FAILED;
    }
    return comparison.count(Verdict.INCONCLUSIVE) > 0 ? ExitCode.INCONCLUSIVE : ExitCode.OK;
  }
}
