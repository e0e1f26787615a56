package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.wire.TransportTuning;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.multiregion.client.ArrivalWatch;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.cluster.ReplicationPolicy;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import io.mooseng.bench.multiregion.consistency.ClosedForm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
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
 * What does it cost to have the bytes of a file in several regions before its write is
 * acknowledged, and how long after that can the others see it?
 *
 * <p>A cluster of three regions is started for the trial. A client in the region that leads writes
 * files to its own region, by the calls of MooseNG's protocol: CreateFile, AllocateChunk and
 * WriteChunk, which is forwarded along {@code chain_servers} as the policy asks: {@code local}, a
 * {@code quorum} with the nearest other region, or {@code all}; with {@code async} all other
 * regions get it after the acknowledgement, each directly. Every server of the chain reports its
 * copy to the master, which is a write of metadata, before it acknowledges. After each write it is
 * noted how long it takes until each region knows the file in its full size, and until each region
 * that is to have a copy has the bytes; who looks does so every {@value #LOOK_MILLIS} ms, beside
 * the links. Where bytes cross a link, the bandwidth is set beside what the flow-control window of
 * a stream allows over the round trip of that link.
 *
 * <p>Does not measure more than one file at once, nor what copying costs the next write: each file
 * is everywhere before the next one is written.
 */
@Measures(value = OperationKind.WRITE, scheduled = true, concurrent = true, startsSystem = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class ChunkReplicationBenchmark {

  private static final int FILES = 3;
  private static final long LOOK_MILLIS = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Label of the target; only {@code embedded} can be: the trial starts its own cluster. */
  @Param("embedded")
  public String target;

  /** Distances of the regions. */
  @Param({"local", "wide", "atlantic", "pacific"})
  public String regions;

  /** Where a chunk has to be before its write is acknowledged. */
  @Param({"local", "quorum", "all", "async"})
  public String policy;

  /** Of a file. */
  @Param({"4KB", "1MB", "16MB", "100MB"})
  public String fileSize;

  private TrialCluster trial;
  private FileRef directory;
  private Payload payload;
  private ArrivalWatch arrivals;
  private int number;

  @Setup(Level.Trial)
  public void open() {
    trial =
        TrialCluster.open(
                RegionCluster.Options.of(TrialCluster.matrix(regions))
                    .withReplication(ReplicationPolicy.parse(policy)))
            .warmedUpForFiles();
    directory = trial.session().newDirectory("replicated");
    arrivals = new ArrivalWatch(trial.watch(), trial.leader(), Duration.ofMillis(LOOK_MILLIS));
    payload = trial.session().payload(ByteSize.parse(fileSize), 1);
  }

  @TearDown(Level.Trial)
  public void close() {
    trial.close();
  }

  @Benchmark
  public long write() {
    trial.noteStart();
    arrivals.skipWhatIsThere();
    List<ArrivalWatch.Arrivals> seen = new ArrayList<>();
    LatencySeries writes = new LatencySeries(FILES);
    for (int i = 0; i < FILES; i++) {
      String name = "file-" + number++;
      if (writes.time(() -> write(name).succeeded())) {
        seen.add(arrivals.await(System.nanoTime(), trial.others(), copiedTo(), PATIENCE));
      }
    }
    if (!seen.isEmpty()) {
      note(Quantity.REPLICATION_LAG, seen, arrivals -> last(arrivals.knownNanos()));
      note(Quantity.COPY_LAG, seen, arrivals -> last(arrivals.heldNanos()));
      noteRegion("nearest", seen, Quantity.REPLICATION_LAG_NEAREST, Quantity.COPY_LAG_NEAREST);
      noteRegion("farthest", seen, Quantity.REPLICATION_LAG_FARTHEST, Quantity.COPY_LAG_FARTHEST);
      noteWindow(seen, Arrays.stream(writes.nanos()).average().orElseThrow());
      RegionRow.noteDistance(
          trial.session(),
          ClosedForm.fileNanos(trial.cluster().matrix(), copiedFirst(), payload.size()),
          writes.nanos());
    }
    return seen.size();
  }

  private Outcome<FileRef> write(String name) {
    return trial.session().target().write(directory, name, payload);
  }

  /** The regions that have a copy before the acknowledgement, in order of the chain. */
  private List<String> copiedFirst() {
    List<String> chain = new ArrayList<>(List.of(trial.leader()));
    if (trial.cluster().description().copiesFirst()) {
      chain.addAll(copiedTo());
    }
    return chain;
  }

  /** The regions that get a copy, in order of the chain if there is one. */
  private List<String> copiedTo() {
    return trial.cluster().description().replicas().getOrDefault(trial.leader(), List.of());
  }

  private void noteRegion(
      String role, List<ArrivalWatch.Arrivals> seen, Quantity known, Quantity held) {
    String region = trial.region(role);
    note(known, seen, arrivals -> at(arrivals.knownNanos(), region));
    note(held, seen, arrivals -> at(arrivals.heldNanos(), region));
  }

  private void note(
      Quantity quantity,
      List<ArrivalWatch.Arrivals> seen,
      Function<ArrivalWatch.Arrivals, OptionalLong> value) {
    OptionalDouble mean = seen.stream().map(value).flatMapToLong(OptionalLong::stream).average();
    mean.ifPresent(nanos -> trial.session().note(quantity, nanos));
  }

  private static OptionalLong last(Map<String, Long> nanos) {
    return nanos.values().stream().mapToLong(Long::longValue).max();
  }

  private static OptionalLong at(Map<String, Long> nanos, String region) {
    return nanos.containsKey(region) ? OptionalLong.of(nanos.get(region)) : OptionalLong.empty();
  }

  /** Of a chain, its longest link bounds it; of copies made at once, the farthest one. */
  private void noteWindow(List<ArrivalWatch.Arrivals> seen, double writingNanos) {
    boolean chained = trial.cluster().description().copiesFirst();
    RttMatrix matrix = trial.cluster().matrix();
    long rtt =
        chained
            ? ClosedForm.longestLinkNanos(matrix, copiedFirst())
            : copiedTo().stream()
                .mapToLong(to -> matrix.rttNanos(trial.leader(), to))
                .max()
                .orElse(0);
    double nanos =
        chained
            ? writingNanos
            : writingNanos
                + seen.stream()
                    .map(ArrivalWatch.Arrivals::heldNanos)
                    .flatMapToLong(at -> last(at).stream())
                    .average()
                    .orElse(0);
    if (rtt > 0) {
      double ceiling = TransportTuning.FLOW_CONTROL_WINDOW_BYTES * 1e9 / rtt;
      trial.session().note(Quantity.WINDOW_RTT, rtt);
      trial.session().note(Quantity.WINDOW_CEILING, ceiling);
      trial.session().note(Quantity.WINDOW_SHARE, payload.size() * 1e9 / nanos / ceiling);
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(ChunkReplicationBenchmark.class, args);
  }
}
