package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long until it is decided which of several clients gets a name, when all of them rename a file
 * of their own to it at once?
 *
 * <p>Each contender is a client with a connection and a session of its own, as far as the target
 * knows such things, and a thread of its own. One operation is one race, from the moment that all
 * of them may start until the last one has its answer; its stages are those of the client that was
 * last, after {@code queue}, until its thread ran. That exactly one client has won is checked in
 * every race: none or several is {@code corrupt}. A loser whose own file is gone ends the trial.
 *
 * <p>Those who were late are counted as {@code transactions.aborted}, and {@code
 * transactions.abort.rate} is their share of all attempts: (N - 1) / N for N contenders, or the
 * count is wrong. Making and removing the files of a race is outside of the recorded latency, but
 * inside JMH's own score and the throughput.
 *
 * <p>On a file system target the race is decided by a lock of the harness, for java.nio.file has no
 * rename that does not replace; the row says so.
 *
 * <p>Does not measure clients that try again (see {@link MultiFileCommitBenchmark}).
 */
@Measures(value = OperationKind.METADATA, concurrent = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RenameRaceBenchmark {

  /** Clients that want the name. */
  @Param({"2", "4", "8", "32"})
  public int contenders;

  private Contenders field;
  private List<Target> clients;
  private FileRef directory;
  private long races;
  private long attempts;
  private long late;

  @Setup(Level.Trial)
  public void start(Clients trial) {
    field = new Contenders(contenders, trial.session().ticker());
    clients = trial.open(contenders);
    directory = trial.files().newDirectory("race");
    trial.session().warnIfNamesAreDecidedHere();
  }

  @TearDown(Level.Trial)
  public void end() {
    field.close();
  }

  @Setup(Level.Iteration)
  public void beginAnew() {
    attempts = 0;
    late = 0;
  }

  @TearDown(Level.Iteration)
  public void noteAbortRate(Clients trial) {
    if (attempts > 0) {
      trial.session().note(Quantity.ABORT_RATE, late / (double) attempts);
    }
  }

  /** One race at a time, however many threads JMH has. */
  @Benchmark
  public synchronized Outcome<Contenders.Decision> race(Clients trial) throws InterruptedException {
    TargetSession session = trial.session();
    String name = "prize-" + races++;
    FileRef[] own = new FileRef[contenders];
    for (int i = 0; i < contenders; i++) {
      String ownName = name + "-of-" + i;
      own[i] = session.setUp((driver, trace) -> driver.create(directory, ownName, trace));
    }
    Contenders.Race race =
        field.lineUp(
            (contender, trace) -> {
              TargetDriver driver = clients.get(contender).driver();
              own[contender] = driver.rename(own[contender], directory, name, trace);
            });
    Outcome<Contenders.Decision> outcome = session.target().together(0, race::run);
    if (outcome instanceof Outcome.Success<Contenders.Decision> decided) {
      attempts += contenders;
      late += decided.value().late();
      session.add(Quantity.ABORTED, decided.value().late());
      // A file that is not there any more ends the trial: its client lost more than the race.
      for (FileRef file : own) {
        session.delete(file);
      }
    }
    return outcome;
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(RenameRaceBenchmark.class, args);
  }
}
