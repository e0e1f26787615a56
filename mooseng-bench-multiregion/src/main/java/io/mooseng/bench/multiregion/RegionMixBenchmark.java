package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.load.LoadShape;
import io.mooseng.bench.core.load.ScheduledOperations;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import io.mooseng.bench.multiregion.consistency.ClosedForm;
import io.mooseng.bench.multiregion.consistency.Promise;
import io.mooseng.bench.multiregion.consistency.RecordedRegisters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
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
 * How long do reads and writes take while clients in all regions do both at once?
 *
 * <p>A cluster of three regions is started for the trial. One call is one schedule of {@code
 * duration}: operations come at {@code rate}, from all regions in turn, and do not wait for each
 * other; response times count from the intended starts. Every {@code reads}-th share of them reads
 * a register under {@code model}, the others write one. The latency of the row is that of all;
 * beside it stand the medians of reads and of writes by where the client stands. All operations are
 * recorded, and the history is checked against what the reads promise.
 *
 * <p>Does not measure the bytes of files, nor faults, nor how fast the cluster can be: the rate is
 * given.
 */
@Measures(value = OperationKind.METADATA, scheduled = true, concurrent = true, startsSystem = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class RegionMixBenchmark {

  private static final int REGISTERS = 32;
  private static final Duration DEADLINE = Duration.ofSeconds(10);

  /** Of a hundred operations that follow each other, so many are apart before kinds repeat. */
  private static final int CYCLE = 100;

  /** Coprime to the cycle: reads and writes alternate instead of coming in blocks. */
  private static final int STRIDE = 37;

  /** Label of the target; only {@code embedded} can be: the trial starts its own cluster. */
  @Param("embedded")
  public String target;

  /** Distances of the regions. */
  @Param({"wide", "local", "atlantic", "pacific"})
  public String regions;

  /** Which share of the operations reads, in percent. */
  @Param({"50", "95"})
  public int reads;

  /** What the reads promise; the leader has a lease. */
  @Param({"linearizable", "follower-stale"})
  public String model;

  /** Operations per second, of all regions together. */
  @Param("60/s")
  public String rate;

  /** How the intended starts lie: {@code constant} or {@code poisson}. */
  @Param("constant")
  public String arrival;

  /** Length of the schedule. */
  @Param("5s")
  public String duration;

  /** Most operations under way at once; the others wait, and their response time grows. */
  @Param("200")
  public int inFlight;

  private TrialCluster trial;
  private RecordedRegisters registers;
  private ConsistencyModel promised;
  private List<String> names;

  /** Clients that are not busy, by region; each does one thing at a time. */
  private final Map<String, Queue<Integer>> idle = new LinkedHashMap<>();

  /** Nanoseconds of answered operations. */
  private final Map<Kind, Queue<Long>> latencies = new LinkedHashMap<>();

  /**
   * What distance explains alike.
   *
   * @param region where the client stands
   * @param read or a write
   */
  private record Kind(String region, boolean read) {}

  @Setup(Level.Trial)
  public void open() throws OperationException {
    promised = ConsistencyModel.parse(model);
    trial = TrialCluster.open(RegionCluster.Options.of(TrialCluster.matrix(regions)));
    names = trial.cluster().description().names();
    List<String> places = new ArrayList<>();
    for (String region : names) {
      idle.put(region, new ConcurrentLinkedQueue<>());
      for (int i = 0; i < inFlight; i++) {
        idle.get(region).add(places.size());
        places.add(region);
      }
    }
    registers =
        new RecordedRegisters(trial.cluster(), trial.leader(), places, true, REGISTERS, DEADLINE);
  }

  @TearDown(Level.Trial)
  public void close() {
    registers.close();
    trial.close();
  }

  @Benchmark
  public void mix() throws InterruptedException, OperationException {
    trial.noteStart();
    latencies.clear();
    for (String region : names) {
      latencies.put(new Kind(region, true), new ConcurrentLinkedQueue<>());
      latencies.put(new Kind(region, false), new ConcurrentLinkedQueue<>());
    }
    registers.forget();
    for (int i = 0; i < REGISTERS; i++) {
      Calls.await(registers.write(0, i));
    }
    trial.session().offer(LoadShape.parse(rate, arrival, duration, inFlight), new Operations());
    noteMedians("leader", Quantity.MIX_READ_LEADER, Quantity.MIX_WRITE_LEADER);
    noteMedians("nearest", Quantity.MIX_READ_NEAREST, Quantity.MIX_WRITE_NEAREST);
    noteMedians("farthest", Quantity.MIX_READ_FARTHEST, Quantity.MIX_WRITE_FARTHEST);
    RegionRow.noteDistance(trial.session(), explained());
    RegionRow.noteVerdict(
        trial.session(),
        "mix-" + model,
        registers.record(),
        Promise.judge(registers.record(), promised));
  }

  private final class Operations implements ScheduledOperations {

    @Override
    public CompletionStage<?> start(long index, long intendedNanos) {
      return RegionMixBenchmark.this.start(index, intendedNanos);
    }

    /** As for the latencies of the row, what a search tried before does not count. */
    @Override
    public void scheduleBegins() {
      latencies.values().forEach(Queue::clear);
    }
  }

  /** Regions in turn; kinds so that each region has its share of both. */
  private CompletableFuture<Boolean> start(long index, long intendedNanos) {
    String region = names.get((int) (index % names.size()));
    long turn = index / names.size();
    boolean read = turn * STRIDE % CYCLE < reads;
    int register = (int) (index * STRIDE % REGISTERS);
    return trial
        .session()
        .target()
        .at(intendedNanos)
        .performLater(
            trace -> {
              trace.roundTrip();
              return perform(region, read, register);
            });
  }

  private CompletableFuture<?> perform(String region, boolean read, int register) {
    int client = idle.get(region).remove();
    long start = System.nanoTime();
    CompletableFuture<?> operation =
        read
            ? registers.read(client, register, promised, trial.leader())
            : registers.write(client, register);
    return Calls.inTermsOfTheHarness(operation)
        .whenComplete(
            (answer, failure) -> {
              if (failure == null) {
                latencies.get(new Kind(region, read)).add(System.nanoTime() - start);
              }
              idle.get(region).add(client);
            });
  }

  private void noteMedians(String role, Quantity ofReads, Quantity ofWrites) {
    String region = trial.region(role);
    RegionRow.median(nanos(new Kind(region, true)))
        .ifPresent(nanos -> trial.session().note(ofReads, nanos));
    RegionRow.median(nanos(new Kind(region, false)))
        .ifPresent(nanos -> trial.session().note(ofWrites, nanos));
  }

  private LongStream nanos(Kind kind) {
    return latencies.get(kind).stream().mapToLong(Long::longValue);
  }

  /** Times count from when an operation was sent, as distance explains no waiting for a turn. */
  private List<RegionRow.Explained> explained() {
    List<RegionRow.Explained> explained = new ArrayList<>();
    for (Kind kind : latencies.keySet()) {
      closedForm(kind)
          .ifPresent(
              expected ->
                  explained.add(
                      new RegionRow.Explained(
                          (kind.read() ? "reads from " : "writes from ") + kind.region(),
                          expected,
                          nanos(kind).toArray())));
    }
    return explained;
  }

  private OptionalLong closedForm(Kind kind) {
    RttMatrix matrix = trial.cluster().matrix();
    return kind.read()
        ? ClosedForm.readNanos(
            matrix,
            kind.region(),
            trial.leader(),
            promised,
            trial.cluster().options().leaderLease())
        : OptionalLong.of(ClosedForm.writeNanos(matrix, kind.region(), trial.leader()));
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(RegionMixBenchmark.class, args);
  }
}
