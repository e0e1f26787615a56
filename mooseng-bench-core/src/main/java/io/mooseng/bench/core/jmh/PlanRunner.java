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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.format.OutputFormat;

/**
 * Carries out a plan: every fork of every cell, one after the other, each against a system under
 * test of its own; a row is saved as soon as its last fork has ended.
 *
 * <p>Used by one thread. {@link #close} may be called by another, to end what is running.
 */
public final class PlanRunner implements AutoCloseable {

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
  private final MergedResults merged = new MergedResults();
  private final List<Throwable> causes = new ArrayList<>();
  private final Object opening = new Object();
  private SystemUnderTest open;
  private volatile boolean ended;

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
    this.cells = new CellRunner(command, new ProgressOutput(listener, jmhOutput), scratch);
  }

  /**
   * Runs the plan to its end, or to the first failed row if the user asked JMH to fail on error.
   *
   * @throws IOException if results cannot be saved
   */
  public void run() throws IOException {
    int cellNumber = 1;
    for (List<Cell> group : plan.groups()) {
      List<RowBuilder> rows = group.stream().map(RowBuilder::new).toList();
      runGroup(rows, cellNumber);
      cellNumber += group.size();
      for (RowBuilder row : rows) {
        save(row);
      }
      if (ended || command.failsFast() && rows.stream().anyMatch(RowBuilder::failed)) {
        return;
      }
    }
  }

  /** Forks of cells that differ in their target only go back and forth: ABBA. */
  private void runGroup(List<RowBuilder> rows, int firstNumber) throws IOException {
    int forks = rows.stream().mapToInt(row -> forks(row.cell())).max().orElse(0);
    for (int fork = 0; fork < forks; fork++) {
      List<RowBuilder> order = new ArrayList<>(rows);
      if (fork % 2 == 1) {
        Collections.reverse(order);
      }
      for (RowBuilder row : order) {
        if (!row.failed() && !ended) {
          listener.forkStarted(row.cell(), firstNumber + rows.indexOf(row), fork + 1);
          runFork(row, fork);
        }
      }
    }
  }

  /** With {@code -f 0} JMH runs the benchmark once, in this JVM. */
  private static int forks(Cell cell) {
    return Math.max(1, cell.sizes().forks());
  }

  private void runFork(RowBuilder row, int fork) throws IOException {
    Cell cell = row.cell();
    if (cell.target().filter(target -> target.fidelity() == Fidelity.SIMULATED).isPresent()) {
      SimulatedRunner.run(row, settings.seed() + fork);
      return;
    }
    TargetOptions options =
        TargetOptions.of(settings).withFsync(cell.fsync().orElse(settings.fsync()));
    try (SystemUnderTest system = open(cell)) {
      row.network(system.network());
      if (system.access().server() != null) {
        row.warn("server in the client's JVM: shares heap, JIT and GC");
      }
      ForkOutcome outcome = cells.run(cell, system, settings.seed(), options, fork == 0);
      outcome.failure().map(ForkOutcome.Failure::cause).ifPresent(causes::add);
      row.add(outcome);
    } catch (OperationException e) {
      row.fail(e.kind(), e.getMessage());
      causes.add(e);
    }
  }

  private SystemUnderTest open(Cell cell) throws OperationException {
    synchronized (opening) {
      if (ended) {
        throw OperationException.light(FailureKind.UNAVAILABLE, "the run has ended");
      }
      open = SystemUnderTest.open(cell, settings, scratch, roots);
      return open;
    }
  }

  private void save(RowBuilder builder) throws IOException {
    ResultRecord row = judge.judge(builder.cell(), builder.build());
    directory.add(row, builder.measurements());
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

  /** The process of the server that is running, if one is. */
  public Optional<Long> serverPid() {
    synchronized (opening) {
      return Optional.ofNullable(open).flatMap(SystemUnderTest::serverPid);
    }
  }

  /** Ends the server and the link of the fork that is running, if one is; no other is started. */
  @Override
  public void close() {
    ended = true;
    synchronized (opening) {
      if (open != null) {
        open.close();
      }
    }
  }
}
