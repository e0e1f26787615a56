package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.config.StrictYaml;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.failover.FaultRun;
import io.mooseng.bench.multiregion.failover.FaultTimeline;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
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
 * What do clients in all regions see when a region fails, and what is lost?
 *
 * <p>A cluster of three regions with its log on disk is started for the trial. One call is one
 * timeline of faults under {@value #PER_SECOND} operations a second that do not wait for each
 * other: changes of registers, creations of files and linearizable reads, from all regions in turn.
 * The latencies are those of operations that were answered, from their intended start; those that
 * were not are counted by what became of them. The outage is taken apart: until a region asked for
 * votes, until one was ready to lead, the longest time without an acknowledged change and without
 * an answered read. Afterwards the cluster is made whole, what is there is compared with what was
 * acknowledged, and the history is checked for linearizability.
 *
 * <p>Does not measure the loss of power: {@code kill -9} leaves the page cache to the system. Nor
 * lost packets: a link that is cut holds bytes until it is mended, as TCP would send them again.
 */
@Measures(value = OperationKind.METADATA, scheduled = true, concurrent = true, startsSystem = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class FailoverBenchmark {

  private static final int PER_SECOND = 60;
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Label of the target; only {@code embedded} can be: the trial starts its own cluster. */
  @Param("embedded")
  public String target;

  /** Distances of the regions. */
  @Param({"local", "wide", "atlantic", "pacific"})
  public String regions;

  /** What happens. */
  @Param({
    "transfer",
    "kill-leader",
    "pause-leader",
    "isolate-leader",
    "mute-leader",
    "slow-leader",
    "lose-farthest"
  })
  public String fault;

  private TrialCluster trial;

  @Setup(Level.Trial)
  public void open() {
    trial =
        TrialCluster.open(
            RegionCluster.Options.of(TrialCluster.matrix(regions)).withDurableLog(true));
  }

  @TearDown(Level.Trial)
  public void close() {
    trial.close();
  }

  @Benchmark
  public String disturb() throws IOException, OperationException {
    trial.noteStart();
    trial.watch().lead(trial.leader(), PATIENCE);
    TargetSession session = trial.session();
    FaultRun run = new FaultRun(trial.cluster(), trial.watch(), timeline(), PER_SECOND, DEADLINE);
    FaultRun.Result result =
        run.run(
            trial.leader(),
            (intended, operation) ->
                session
                    .target()
                    .at(intended)
                    .attemptLater(
                        trace -> {
                          trace.roundTrip();
                          return operation.get();
                        }));
    result.outage().values().forEach(session::note);
    RegionRow.noteVerdict(session, fault(), result.record(), result.promise());
    HistoryDirectory.keepText(fault(), result.text());
    return result.text();
  }

  private FaultTimeline timeline() {
    if (fault.endsWith(TrialCluster.YAML)) {
      String origin = "-p fault=" + fault;
      return FaultTimeline.parse(origin, StrictYaml.read(origin, Path.of(fault)));
    }
    return FaultTimeline.preset(fault);
  }

  private String fault() {
    return fault.endsWith(TrialCluster.YAML)
        ? Path.of(fault).getFileName().toString().replace(TrialCluster.YAML, "")
        : fault;
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(FailoverBenchmark.class, args);
  }
}
