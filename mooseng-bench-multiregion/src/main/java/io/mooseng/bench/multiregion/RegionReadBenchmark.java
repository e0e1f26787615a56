package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.client.Reading;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.consistency.ClosedForm;
import io.mooseng.bench.multiregion.consistency.Promise;
import io.mooseng.bench.multiregion.consistency.RecordedRegisters;
import java.time.Duration;
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
 * What does a read of metadata cost under each promise, from a client in each region, and is the
 * promise kept?
 *
 * <p>A cluster of three regions is started for the trial. One call is {@value #READS} reads. Before
 * each, a write is made and acknowledged, in the region that leads ({@code read-your-writes}: by
 * the reader itself), since a leader that nothing was written to need not ask anybody whether it
 * still leads; a third client writes all the time, unless {@code others=silent}. {@code
 * linearizable} is ReadIndex without a lease, {@code leader-lease} the same with one. Every
 * operation is recorded, and what the reads were answered is checked against what their model
 * promises; how stale they were is said in writes and in time.
 *
 * <p>Does not measure faults: a healthy cluster keeps promises that a broken one may not, so what a
 * history of this row shows is no proof. See {@link FailoverBenchmark}.
 */
@Measures(value = OperationKind.METADATA, scheduled = true, concurrent = true, startsSystem = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class RegionReadBenchmark {

  private static final int READS = 20;
  private static final int REGISTERS = 4;
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int MEASURED = 0;
  private static final int WRITER = 1;
  private static final int THIRD = 2;

  /** Linearizable without a lease; all other models are tried with one. */
  private static final String LINEARIZABLE = "linearizable";

  private static final String LEADER_LEASE = "leader-lease";

  private static final String WRITING = "writing";
  private static final String SILENT = "silent";

  /** Label of the target; only {@code embedded} can be: the trial starts its own cluster. */
  @Param("embedded")
  public String target;

  /** Distances of the regions. */
  @Param({"local", "wide", "atlantic", "pacific"})
  public String regions;

  /** Where the measured client stands, seen from the leader. */
  @Param({"leader", "nearest", "farthest"})
  public String client;

  /** What the reads promise. */
  @Param({
    LINEARIZABLE,
    LEADER_LEASE,
    "leader-local",
    "follower-stale",
    "bounded-staleness",
    "read-your-writes",
    "monotonic"
  })
  public String model;

  /** Whether another client writes while reads are under way: {@code writing} or {@code silent}. */
  @Param(WRITING)
  public String others;

  private TrialCluster trial;
  private RecordedRegisters registers;
  private String region;
  private ConsistencyModel promised;
  private boolean lease;

  @Setup(Level.Trial)
  public void open() throws OperationException {
    if (!List.of(WRITING, SILENT).contains(others)) {
      throw new IllegalArgumentException(
          "others '%s': accepted: %s, %s".formatted(others, WRITING, SILENT));
    }
    lease = !model.equals(LINEARIZABLE);
    promised =
        model.equals(LEADER_LEASE) ? ConsistencyModel.LINEARIZABLE : ConsistencyModel.parse(model);
    trial =
        TrialCluster.open(RegionCluster.Options.of(TrialCluster.matrix(regions)).withLease(lease))
            .warmedUp();
    lease = trial.cluster().options().leaderLease();
    region = trial.region(client);
    List<String> places = List.of(region, trial.leader(), trial.region("nearest"));
    registers = new RecordedRegisters(trial.cluster(), trial.leader(), places, REGISTERS, DEADLINE);
  }

  @TearDown(Level.Trial)
  public void close() {
    registers.close();
    trial.close();
  }

  @Benchmark
  public long read() throws OperationException {
    trial.noteStart();
    registers.forget();
    for (int i = 0; i < REGISTERS; i++) {
      Calls.await(registers.write(MEASURED, i));
    }
    LatencySeries reads = new LatencySeries(READS);
    try (Others company = new Others()) {
      if (others.equals(WRITING)) {
        company.start(
            "client-" + registers.region(THIRD),
            PAUSE,
            () -> Calls.await(registers.write(THIRD, 0)));
      }
      for (int i = 0; i < READS; i++) {
        int register = i % REGISTERS;
        boolean own = promised == ConsistencyModel.READ_YOUR_WRITES;
        Calls.await(registers.write(own ? MEASURED : WRITER, register));
        reads.time(() -> read(register).succeeded());
      }
    }
    ClosedForm.readNanos(trial.cluster().matrix(), region, trial.leader(), promised, lease)
        .ifPresent(nanos -> RegionRow.noteDistance(trial.session(), nanos, reads.nanos()));
    RegionRow.noteVerdict(
        trial.session(),
        String.join("-", model, region, others),
        registers.record(),
        Promise.judge(registers.record(), promised));
    return reads.count();
  }

  private Outcome<Reading> read(int register) {
    return trial
        .session()
        .target()
        .together(
            0,
            trace -> {
              trace.roundTrip();
              return Calls.await(registers.read(MEASURED, register, promised, trial.leader()));
            });
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(RegionReadBenchmark.class, args);
  }
}
