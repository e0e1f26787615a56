package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.plan.Plan;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.target.TargetOptions;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Carries out a plan: every fork of every cell, one after the other, each against a system under
 * test of its own; a row is saved as soon as its last fork has ended.
 *
 * <p>Used by one thread. {@link #stop}, {@link #awaitEnd} and {@link #close} may be called by
 * another, to end what is running.
 */
public final class PlanRunner implements AutoCloseable {

  private static final long STOP_DELAY_MILLIS = 1_000;

  private final Plan plan;
  private final RunSettings settings;
  private final JmhCommand command;
  private final Optional<OutputFormat> jmhOutput;
  private final RunDirectory directory;
  private final Path scratch;
  private final RunRoots roots;
  private final ProgressListener listener;
  private final RowJudge judge;
  private final CellRunner cells;
  private final TracePlaces traces;
  private final MergedResults merged = new MergedResults();
  private final List<Throwable> causes = new ArrayList<>();
  private final CountDownLatch ended = new CountDownLatch(1);
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Object opening = new Object();
  private SystemUnderTest open;

  /**
   * @param jmhOutput where JMH's own output goes, if the user wants it
   * @param directory where rows are saved
   * @param scratch for files of forks and servers; removed by the caller
   * @param roots the directories of the run on its targets
   * @param judge adds to a finished row the verdict on its plausibility
   */
  public PlanRunner(
      Plan plan,
      RunSettings settings,
      JmhCommand command,
      Optional<OutputFormat> jmhOutput,
      RunDirectory directory,
      Path scratch,
      RunRoots roots,
      ProgressListener listener,
      RowJudge judge) {
    this.plan = plan;
    this.settings = settings;
    this.command = command;
    this.jmhOutput = jmhOutput;
    this.directory = directory;
    this.scratch = scratch;
    this.roots = roots;
    this.listener = listener;
    this.judge = judge;
    this.traces = new TracePlaces(directory, settings.workload());
    this.cells =
        new CellRunner(
            command,
            new ProgressOutput(listener, jmhOutput),
            scratch,
            plan.soak(),
            settings.warmupUntilSteady(),
            listener);
  }

  /**
   * Runs the plan to its end, or to the first failed row if the user asked JMH to fail on error, or
   * until it is stopped.
   *
   * @throws IOException if results cannot be saved
   */
  public void run() throws IOException {
    try {
      runGroups();
    } finally {
      ended.countDown();
    }
  }

  private void runGroups() throws IOException {
    int cellNumber = 1;
    int groupNumber = 0;
    for (List<Cell> group : plan.groups()) {
      List<RowBuilder> rows = group.stream().map(RowBuilder::new).toList();
      runGroup(rows, groupNumber++, cellNumber);
      if (stopped()) {
        return;
      }
      cellNumber += group.size();
      for (RowBuilder row : rows) {
        new AskedPrecision(settings.precision()).shortfall(row).ifPresent(row::warn);
        save(row);
      }
      if (command.failsFast() && rows.stream().anyMatch(RowBuilder::failed)) {
        return;
      }
    }
  }

  /**
   * Cells that differ in their target only take turns, in an order that is drawn anew each time.
   */
  private void runGroup(List<RowBuilder> rows, int group, int firstNumber) throws IOException {
    int forks = rows.stream().mapToInt(row -> Plan.measurements(row.cell())).max().orElse(0);
    AskedPrecision precision = new AskedPrecision(settings.precision());
    for (int fork = 0; fork < forks; fork++) {
      for (RowBuilder row : ForkOrder.of(rows, settings.seed(), group, fork)) {
        if (!row.failed() && !stopped() && !precision.isReached(row)) {
          listener.forkStarted(row.cell(), firstNumber + rows.indexOf(row), fork + 1);
          if (runFork(row, fork, traces.of(row.cell(), firstNumber + rows.indexOf(row), fork))) {
            letStopArrive();
          }
          if (!stopped()) {
            saveWhatIsMeasured(rows);
          }
        }
      }
    }
  }

  /** Returns whether it failed as a fork does that was told to stop. */
  private boolean runFork(RowBuilder row, int fork, WorkloadFiles workload) throws IOException {
    Cell cell = row.cell();
    if (cell.isSimulated()) {
      SimulatedRunner.run(row, settings.seed() + fork, workload);
      return false;
    }
    try (SystemUnderTest system = open(cell, fork)) {
      TargetOptions options =
          TargetOptions.of(settings)
              .withFsync(cell.fsync().orElse(settings.fsync()))
              .withTls(ServedTls.of(cell, settings, scratch).files())
              .withRoute(system.route());
      row.network(system.network());
      if (!system.deviations().isEmpty()) {
        row.fail(FailureKind.CONDITIONS_NOT_MET, String.join("; ", system.deviations()));
        return false;
      }
      if (cell.network().isPresent() && cell.target().get().fidelity() == Fidelity.LIVE) {
        row.warn(
            "the link is in front of the target's own address; other servers are reached without");
      }
      if (system.access().server() != null) {
        row.warn("server in the client's JVM: shares heap, JIT and GC");
      }
      if (system.isEmbedded() && settings.storesInMemory()) {
        row.warn("chunks in the server's memory, no disk: --store memory");
      }
      ForkOutcome outcome = cells.run(cell, system, workload, settings.seed(), options, fork == 0);
      outcome.failure().map(ForkOutcome.Failure::cause).ifPresent(causes::add);
      outcome.recorded().network().ifPresent(row::network);
      row.add(outcome);
      return outcome.failure().filter(ForkOutcome.Failure::bySignal).isPresent()
          || serverIsGone(row);
    } catch (OperationException e) {
      row.fail(e.kind(), e.getMessage());
      causes.add(e);
      return serverIsGone(row);
    }
  }

  private SystemUnderTest open(Cell cell, int fork) throws OperationException {
    synchronized (opening) {
      if (stopped()) {
        throw OperationException.light(FailureKind.UNAVAILABLE, "the run has ended");
      }
      open = SystemUnderTest.open(cell, fork, settings, scratch, roots);
      return open;
    }
  }

  /** The run's own server is not unavailable unless it was ended. */
  private static boolean serverIsGone(RowBuilder row) {
    return row.failed()
        && row.build().fidelity() == Fidelity.EMBEDDED
        && row.build().failure().kind() == FailureKind.UNAVAILABLE;
  }

  /**
   * As far as it has come: what is measured is not lost when the run is killed. Rows keep the order
   * of the plan, whatever order their forks are in.
   */
  private void saveWhatIsMeasured(List<RowBuilder> rows) {
    rows.stream().takeWhile(RowBuilder::hasForks).forEach(this::saveRow);
  }

  private ResultRecord saveRow(RowBuilder builder) {
    ResultRecord row = judge.judge(builder.cell(), builder.build());
    directory.add(row, builder.measurements());
    listener.rowMeasured(row, builder.measurements());
    return row;
  }

  private void save(RowBuilder builder) throws IOException {
    ResultRecord row = saveRow(builder);
    if (!builder.jmhResults().isEmpty()) {
      merged.add(builder.jmhResults());
      merged.replace(ResultFormatType.JSON, directory.jmhJson());
    }
    listener.rowFinished(row);
  }

  /**
   * Writes JMH's own table of all rows where the user wants JMH's output or asked for profilers,
   * whose numbers are there, and the result file the user asked JMH for.
   *
   * @param table where the table goes if JMH's output goes nowhere
   * @return the name of that file, if one was asked for
   * @throws IOException if it cannot be written
   */
  public Optional<String> writeJmhResults(PrintStream table) throws IOException {
    if (jmhOutput.isPresent()) {
      jmhOutput.get().endRun(merged.rows());
    } else if (command.profiles()) {
      merged.print(ResultFormatType.TEXT, table);
    }
    if (command.resultFormat().isEmpty()) {
      return Optional.empty();
    }
    merged.write(command.resultFormat().get(), Path.of(command.resultFile()).toAbsolutePath());
    return Optional.of(command.resultFile());
  }

  /** What failed forks threw, for {@code --debug}. */
  public List<Throwable> causes() {
    return List.copyOf(causes);
  }

  /**
   * From now on no fork is begun, and the row that is being measured is neither saved nor told of.
   * What is running is not ended by this.
   */
  public void stop() {
    stop.countDown();
  }

  private boolean stopped() {
    return stop.getCount() == 0;
  }

  /**
   * Ctrl-C reaches the forks and the servers, too, and they may end before this JVM has noticed:
   * what a signal may have done is a failure only if no stop follows it.
   */
  private void letStopArrive() {
    try {
      stop.await(STOP_DELAY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Waits until {@link #run} has returned.
   *
   * @return whether it has
   */
  public boolean awaitEnd(Duration longest) throws InterruptedException {
    return ended.await(longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** Ends every process that this JVM has started by force, but servers. */
  public static void killForks() {
    ProcessHandle.current()
        .descendants()
        .filter(process -> !ServerProcess.isServer(process))
        .forEach(ProcessHandle::destroyForcibly);
  }

  /** Ends the server and the link of the fork that is running, if one is; no other is started. */
  @Override
  public void close() {
    stop();
    synchronized (opening) {
      if (open != null) {
        open.close();
      }
    }
  }
}
