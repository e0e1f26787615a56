package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.compare.Comparer;
import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.gate.Budgets;
import io.mooseng.bench.core.gate.Gate;
import io.mooseng.bench.core.gate.GateReport;
import io.mooseng.bench.core.pairs.ChildRun;
import io.mooseng.bench.core.report.ComparisonJson;
import io.mooseng.bench.core.report.GateAlert;
import io.mooseng.bench.core.report.GateText;
import io.mooseng.bench.core.report.JUnitXml;
import io.mooseng.bench.core.result.ResultRecord;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gate}: whether a run may pass. */
@Command(
    name = "gate",
    customSynopsis = {
      "gate --baseline RUN [options] CANDIDATE",
      "gate --baseline RUN [options] -- [options of run]"
    },
    description =
        "Judges a run by a baseline and budgets; behind -- it makes the run first. What is worse is"
            + " measured again before it fails.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Exit code: 0 it may pass, 1 it may not, 2 not comparable, 3 some rows are inconclusive."
    })
final class GateCommand {

  private static final String END_OF_OPTIONS = "--";

  private final PrintStream out;
  private final PrintStream err;

  @Mixin private ComparisonArguments common = new ComparisonArguments();

  @Parameters(
      arity = "0..1",
      paramLabel = "CANDIDATE",
      description = "The run to be judged: a run directory, or a run.json under any name.")
  private Path candidate;

  @Option(
      names = Baseline.OPTION,
      paramLabel = "RUN",
      description =
          "A run directory, or a run.json under any name, such as one kept in git; or"
              + " history:[FILE|URL][#ID], the latest comparable run of a history, or that one.")
  private String baseline;

  @Option(
      names = "--budgets",
      paramLabel = "FILE.yaml",
      description = "Limits of rows. Default: those of --print-budgets.")
  private Path budgets;

  @Option(names = "--print-budgets", description = "Print the default budgets, and end.")
  private boolean printBudgets;

  @Option(
      names = "--no-confirm",
      description = "Do not measure again what is worse: one finding fails the gate.")
  private boolean noConfirm;

  @Option(
      names = "--allow-inconclusive",
      description = "End with 0 where nothing is known to be worse.")
  private boolean allowInconclusive;

  @Option(names = "--junit", paramLabel = "FILE.xml", description = "Also write JUnit XML.")
  private Path junit;

  @Option(
      names = Webhook.OPTION,
      paramLabel = "URL",
      description = "Where to post JSON unless the run passes.")
  private String webhook;

  @Option(names = "--github", description = "Print annotations of GitHub Actions.")
  private boolean github;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where runs go that are made. Default: bench-results.")
  private Path directory = Path.of("bench-results");

  GateCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  ExitCode run(List<String> arguments) throws IOException {
    int end = arguments.indexOf(END_OF_OPTIONS);
    List<String> own = end < 0 ? arguments : arguments.subList(0, end);
    if (!PicocliOptions.parse(this, own, out)) {
      return ExitCode.OK;
    }
    if (printBudgets) {
      out.print(Budgets.defaultsText());
      return ExitCode.OK;
    }
    Optional<List<String>> toRun =
        end < 0 ? Optional.empty() : Optional.of(arguments.subList(end + 1, arguments.size()));
    requireRuns(toRun.isPresent());
    Optional<Webhook> alerts = Optional.ofNullable(webhook).map(Webhook::parse);
    Budgets limits = budgets == null ? Budgets.defaults() : Budgets.read(budgets);
    Baseline before = Baseline.open(baseline);
    Comparer.Input judged = toRun.isPresent() ? measured(toRun.get()) : RunFiles.read(candidate);
    List<String> original =
        toRun.isPresent() ? toRun.get() : RecordedArguments.of(judged.run().configuration());
    Comparer.Input base = before.read(judged.run(), common.mayDiffer());
    GateReport report = gate(limits, base, judged, original);
    print(report);
    if (report.outcome() != GateReport.Outcome.PASS) {
      alerts.flatMap(to -> to.post(GateAlert.render(report))).ifPresent(err::println);
    }
    return switch (report.outcome()) {
      case PASS -> ExitCode.OK;
      case FAIL -> ExitCode.FAILED;
      case INCONCLUSIVE -> allowInconclusive ? ExitCode.OK : ExitCode.INCONCLUSIVE;
    };
  }

  private void requireRuns(boolean measures) {
    if (baseline == null) {
      throw new ConfigurationException("--baseline is missing: a run directory or a run.json");
    }
    if (measures == (candidate != null)) {
      throw new ConfigurationException(
          "gate needs either a CANDIDATE or, behind --, options of run");
    }
  }

  private Comparer.Input measured(List<String> arguments) throws IOException {
    err.println("measuring the candidate; results in " + directory);
    return RunFiles.read(child(arguments, "gate"));
  }

  private Path child(List<String> arguments, String name) throws IOException {
    List<String> command = new ArrayList<>(OwnCommand.ofThis());
    command.addAll(arguments);
    Path fresh = directory.resolve(name + "-" + Long.toHexString(System.nanoTime()));
    return ChildRun.run(command, fresh);
  }

  private GateReport gate(
      Budgets limits, Comparer.Input base, Comparer.Input judged, List<String> original) {
    Gate gate =
        new Gate(
            limits,
            common.noiseFloors(directory, base.run().environment()),
            common.notCompared(base.run(), judged.run()));
    Optional<Gate.Repetition> repetition =
        noConfirm ? Optional.empty() : Optional.of(row -> repeat(row, original));
    return gate.judge(base, judged, common.paired(), repetition);
  }

  private Comparer.Input repeat(ResultRecord row, List<String> original) {
    err.println("measuring again: " + row.benchmark() + " " + row.params());
    try {
      return RunFiles.read(
          child(new RowSelection(original).argumentsFor(List.of(row)), "confirmation"));
    } catch (ConfigurationException e) {
      throw new ConfigurationException(
          "the repetition of " + row.benchmark() + " (see --no-confirm): " + e.getMessage());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void print(GateReport report) {
    out.print(GateText.terminal(report));
    if (github) {
      out.print(GateText.annotations(report));
    }
    ComparisonOutput.write("--junit", junit, () -> JUnitXml.render(report));
    ComparisonOutput.write("--markdown", common.markdown(), () -> GateText.markdown(report));
    ComparisonOutput.write(
        "--json", common.json(), () -> ComparisonJson.render(report.comparison()));
  }
}
