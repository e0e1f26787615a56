package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.consistency.ClosedForm;
import io.mooseng.bench.multiregion.consistency.Promise;
import io.mooseng.bench.multiregion.consistency.RecordedRegisters;
import java.time.Duration;
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
 * How long does a write of metadata take, from a client in each region, until a majority of regions
 * has it?
 *
 * <p>A cluster of three regions is started for the trial, one process each, with an emulated link
 * for everything between them; {@code local} is the same without distance. One call is {@value
 * #WRITES} writes, one after the other, while clients in the other regions write and read the same
 * registers. All operations of all clients are recorded, and the history is checked for
 * linearizability: the verdict stands beside the latency, and so does what distance alone explains.
 *
 * <p>Does not measure the bytes of files, faults, or a loaded cluster: the other clients pause.
 */
@Measures(value = OperationKind.METADATA, scheduled = true, concurrent = true, startsSystem = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class RegionWriteBenchmark {

  private static final int WRITES = 20;
  private static final int REGISTERS = 4;
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final int MEASURED = 0;

  /** Label of the target; only {@code embedded} can be: the trial starts its own cluster. */
  @Param("embedded")
  public String target;

  /** Distances of the regions. */
  @Param({"local", "wide", "atlantic", "pacific"})
  public String regions;

  /** Where the measured client stands, seen from the leader. */
  @Param({"leader", "nearest", "farthest"})
  public String client;

  /** Whether a region has an entry on disk, or on the heap, before it counts. */
  @Param({"memory", "durable"})
  public String log;

  private TrialCluster trial;
  private RecordedRegisters registers;
  private String region;

  @Setup(Level.Trial)
  public void open() throws OperationException {
    trial =
        TrialCluster.open(
                RegionCluster.Options.of(TrialCluster.matrix(regions))
                    .withDurableLog(log.equals("durable")))
            .warmedUp();
    region = trial.region(client);
    List<String> names = trial.cluster().description().names();
    List<String> places = new ArrayList<>(List.of(region));
    names.stream().filter(name -> !name.equals(region)).forEach(places::add);
    registers = new RecordedRegisters(trial.cluster(), trial.leader(), places, REGISTERS, DEADLINE);
  }

  @TearDown(Level.Trial)
  public void close() {
    registers.close();
    trial.close();
  }

  @Benchmark
  public long write() throws OperationException {
    trial.noteStart();
    registers.forget();
    for (int i = 0; i < REGISTERS; i++) {
      Calls.await(registers.write(MEASURED, i));
    }
    LatencySeries writes = new LatencySeries(WRITES);
    try (Others others = new Others()) {
      for (int other = 1; other < trial.cluster().description().names().size(); other++) {
        startOther(others, other);
      }
      for (int i = 0; i < WRITES; i++) {
        int register = i % REGISTERS;
        writes.time(() -> write(register).succeeded());
      }
    }
    RegionRow.noteDistance(
        trial.session(),
        ClosedForm.writeNanos(trial.cluster().matrix(), region, trial.leader()),
        writes.nanos());
    Promise promise = Promise.judge(registers.record(), ConsistencyModel.LINEARIZABLE);
    RegionRow.noteVerdict(trial.session(), "write-" + region, registers.record(), promise);
    return writes.count();
  }

  private Outcome<Long> write(int register) {
    return trial
        .session()
        .target()
        .together(
            0,
            trace -> {
              trace.roundTrip();
              return Calls.await(registers.write(MEASURED, register));
            });
  }

  private void startOther(Others others, int other) {
    others.start(
        "client-" + registers.region(other),
        PAUSE,
        () -> {
          int register = other % REGISTERS;
          Calls.await(registers.write(other, register));
          Calls.await(
              registers.read(
                  other,
                  (register + 1) % REGISTERS,
                  ConsistencyModel.LINEARIZABLE,
                  trial.leader()));
        });
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(RegionWriteBenchmark.class, args);
  }
}
