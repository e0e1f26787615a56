package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.TargetDriver;
import java.util.ArrayList;
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
 * <p>One operation is one race, from its start until the last client has its answer. That exactly
 * one client has won is checked in every race: none or several is {@code corrupt}. A loser whose
 * own file is gone ends the trial. Those who were late are counted as {@code transactions.aborted}.
 * Making and removing the files of a race is outside of the recorded latency, but inside JMH's own
 * score and the throughput.
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

  private Contenders clients;
  private FileRef directory;
  private long races;

  @Setup(Level.Trial)
  public void start(FileTarget files) {
    clients = new Contenders(contenders);
    directory = files.newDirectory("race");
    files.session().warnIfNamesAreDecidedHere();
  }

  @TearDown(Level.Trial)
  public void end() {
    clients.close();
  }

  @Benchmark
  public Outcome<Integer> race(FileTarget files) {
    TargetDriver driver = files.target().driver();
    String name = "prize-" + races++;
    List<FileRef> own = new ArrayList<>();
    for (int i = 0; i < contenders; i++) {
      String ownName = name + "-of-" + i;
      own.add(files.session().setUp((d, trace) -> d.create(directory, ownName, trace)));
    }
    FileRef[] afterwards = own.toArray(FileRef[]::new);
    Outcome<Integer> winner =
        files
            .target()
            .together(
                0,
                trace ->
                    clients.race(
                        (contender, ownTrace) ->
                            afterwards[contender] =
                                driver.rename(own.get(contender), directory, name, ownTrace),
                        trace));
    if (winner.succeeded()) {
      files.session().add(Quantity.ABORTED, contenders - 1.0);
      // A file that is not there any more ends the trial: its client lost more than the race.
      for (FileRef file : afterwards) {
        files.session().delete(file);
      }
    }
    return winner;
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(RenameRaceBenchmark.class, args);
  }
}
