package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.analysis.Scalability;
import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.jmh.EmbeddedServers;
import io.mooseng.bench.core.jmh.JmhCommand;
import io.mooseng.bench.core.jmh.PlanRunner;
import io.mooseng.bench.core.jmh.ProgressListener;
import io.mooseng.bench.core.jmh.RowJudge;
import io.mooseng.bench.core.jmh.RunRoots;
import io.mooseng.bench.core.machine.ceiling.CeilingMeter;
import io.mooseng.bench.core.machine.ceiling.Ceilings;
import io.mooseng.bench.core.machine.ceiling.PlacedCeilings;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.process.ScratchDirectory;
import io.mooseng.bench.core.process.TemporaryDirectories;
import io.mooseng.bench.core.report.TerminalSummary;
import io.mooseng.bench.core.report.html.ReportedRun;
import io.mooseng.bench.core.result.Plausibility;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.result.RunDirectoryException;
import io.mooseng.bench.core.result.RunHeader;
import io.mooseng.bench.core.result.RunRecord;
import io.mooseng.bench.core.result.RunStatus;
import io.mooseng.bench.core.target.ResolvedTarget;
import io.mooseng.bench.core.target.RunMarker;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.TargetResolver;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.runner.format.OutputFormat;

/** One run from its scratch directory to its summary. Leaves nothing behind but the results. */
final class RunSession {

  private static final String TEMPORARY = "java.io.tmpdir";

  /** Within this, load machines began together. */
  private static final Duration MOST_LATE = Duration.ofSeconds(1);

  private final RunSettings settings;
  private final JmhCommand command;
  private final CommandLine line;
  private final PrintStream out;
  private final PrintStream err;

  RunSession(
      RunSettings settings,
      JmhCommand command,
      CommandLine line,
      PrintStream out,
      PrintStream err) {
    this.settings = settings;
    this.command = command;
    this.line = line;
    this.out = out;
    this.err = err;
  }

  ExitCode run(RunCommand.PlanOfTargets planner) throws IOException {
    TemporaryDirectories temporary = TemporaryDirectories.ofSystem();
    Leftovers.remove(temporary, err);
    String systemTemporary = System.getProperty(TEMPORARY);
    try (ScratchDirectory scratch = temporary.create("run")) {
      // JMH keeps its own temporary files there too, so that one place holds everything.
      System.setProperty(TEMPORARY, scratch.path().toString());
      return run(planner, scratch);
    } finally {
      Leftovers.removeOfForks(err);
      System.setProperty(TEMPORARY, systemTemporary);
    }
  }

  private ExitCode run(RunCommand.PlanOfTargets planner, ScratchDirectory scratch)
      throws IOException {
    List<ResolvedTarget> targets =
        new TargetResolver(
                settings,
                TargetOptions.of(settings),
                () -> EmbeddedServers.check(settings, scratch.path()),
                err::println)
            .resolve();
    Plan plan = planner.plan(targets);
    plan.notes().forEach(err::println);
    DataPlaces data = DataPlaces.of(settings, targets, scratch.path());
    RunHeader header =
        Environments.header(
            settings,
            line,
            RunCommand.effectiveProfile(settings, command),
            plan,
            data.first(),
            command.jvmFlags(plan.forks()));
    RunRoots roots = roots(header.runId());
    Interruption interruption = new Interruption(scratch, roots, settings.anatomy());
    RunRecord record;
    try (roots) {
      targets.stream()
          .filter(target -> target.fidelity() == Fidelity.LIVE)
          .forEach(target -> roots.prepareForRun(target.uri().orElseThrow()));
      RunDirectory directory = RunDirectory.create(settings.out(), header);
      interruption.marks(directory);
      if (settings.workload().workloads().isPresent()) {
        Files.copy(settings.workload().workloads().get(), directory.workloads());
      }
      announce(plan, directory);
      DataPlaces own = data.inRunRoots(header.runId());
      record = measure(plan, directory, roots, own, scratch, interruption);
    } finally {
      interruption.disarm();
    }
    roots.kept().forEach(kept -> out.println("Kept: " + kept));
    return exitCode(record);
  }

  private RunRoots roots(String runId) {
    return new RunRoots(
        RunMarker.ofThisProcess(runId, settings.data().keep()),
        TargetOptions.of(settings),
        err::println);
  }

  private void announce(Plan plan, RunDirectory directory) {
    err.println(announcement(plan) + "; results in " + directory.path());
  }

  /** What is about to happen, in one line. */
  static String announcement(Plan plan) {
    List<Cell> cells = plan.cells();
    String what = count(cells.size(), "cell");
    if (cells.stream().allMatch(Cell::isSimulated)) {
      return what + ", in virtual time";
    }
    int warmUps = cells.stream().mapToInt(Plan::warmupForks).sum();
    int forks = cells.stream().mapToInt(cell -> cell.sizes().forks()).sum() + warmUps;
    return what
        + ", "
        + (forks == 0 ? "in this JVM" : count(forks, "fork"))
        + (warmUps == 0 ? "" : " (" + warmUps + " of them to warm up)")
        + ", about "
        + ProgressLine.text(plan.estimate());
  }

  private static String count(int number, String singular) {
    return number + " " + singular + (number == 1 ? "" : "s");
  }

  private RunRecord measure(
      Plan plan,
      RunDirectory directory,
      RunRoots roots,
      DataPlaces data,
      ScratchDirectory scratch,
      Interruption interruption)
      throws IOException {
    ProgressLine progressLine = new ProgressLine(plan, err, System.console() != null);
    ProgressListener shown = settings.progress() ? progressLine : ProgressLine.silent(err);
    try (LiveMetrics metrics = LiveMetrics.begin(settings.live(), directory.run(), plan, err)) {
      Optional<SoakJournal> soak = plan.soak().map(how -> new SoakJournal(directory));
      soak.ifPresent(interruption::tells);
      List<ProgressListener> listeners = new ArrayList<>(List.of(shown, metrics));
      soak.ifPresent(listeners::add);
      ProgressListener progress = new ProgressListeners(listeners);
      RunRecord record =
          measure(plan, directory, roots, data, scratch, interruption, progress, progressLine);
      metrics.finished(record);
      if (soak.isPresent()) {
        soak.get().lines().forEach(out::println);
        soak.get().write();
      }
      return record;
    }
  }

  private RunRecord measure(
      Plan plan,
      RunDirectory directory,
      RunRoots roots,
      DataPlaces data,
      ScratchDirectory scratch,
      Interruption interruption,
      ProgressListener progress,
      ProgressLine progressLine)
      throws IOException {
    PlacedCeilings ceilings = PlacedCeilings.of(Ceilings.NONE);
    if (measuresSomething(plan)) {
      ceilings = data.measure(settings.ceilingTime().orElse(CeilingMeter.DEFAULT_BUDGET), progress);
      directory.ceilings(Environments.records(ceilings));
    }
    settings.live().startAt().ifPresent(start -> await(start, progress));
    Optional<OutputFormat> jmhOutput = JmhOutput.of(command, out);
    Optional<String> resultFile;
    try (PlanRunner runner =
        new PlanRunner(
            plan,
            settings,
            command,
            jmhOutput,
            directory,
            scratch.path(),
            roots,
            progress,
            new RowJudge(ceilings, settings, command.threads()))) {
      interruption.ends(runner);
      runner.run();
      resultFile = runner.writeJmhResults(out);
      if (settings.debug()) {
        runner.causes().forEach(cause -> cause.printStackTrace(err));
      }
    } finally {
      if (settings.progress()) {
        progressLine.end();
      }
    }
    interruption.awaitIfBegun();
    directory.scalability(Scalability.of(directory.run(), command.threads().orElse(1)));
    RunRecord record = directory.finish(RunStatus.COMPLETE, Instant.now());
    out.print(new TerminalSummary(false, settings.anatomy()).render(record, directory.path()));
    resultFile.ifPresent(file -> out.println("JMH's results are in " + file));
    report(directory);
    return record;
  }

  /** Ceilings have been measured meanwhile: load machines need not be equally fast at that. */
  private void await(Instant start, ProgressListener progress) {
    progress.preparing("waiting until " + start);
    try {
      Duration late = CommonStart.bySystemClock().await(start);
      if (late.compareTo(MOST_LATE) > 0) {
        err.println(
            "started " + ProgressLine.text(late) + " after --start-at: others had begun by then");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A run is none the worse for a report that cannot be written. */
  private void report(RunDirectory directory) {
    try {
      ReportCommand.write(List.of(ReportedRun.read(directory.path())), directory.reportHtml());
    } catch (IOException | RunDirectoryException e) {
      err.println("no report: " + e.getMessage());
    }
  }

  private static boolean measuresSomething(Plan plan) {
    return plan.cells().stream().anyMatch(cell -> cell.target().isPresent() && !cell.isSimulated());
  }

  private static ExitCode exitCode(RunRecord record) {
    boolean impossible =
        record.results().stream()
            .anyMatch(
                row ->
                    row.plausibility() != null
                        && row.plausibility().verdict() == Plausibility.Verdict.IMPOSSIBLE);
    return record.anyFailed() || impossible ? ExitCode.FAILED : ExitCode.OK;
  }
}
