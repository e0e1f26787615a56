package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.cluster.ReplicationPolicy;
import io.mooseng.bench.proto.RegionStatusAnswer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
 * {@code quorum} with the nearest other region, or {@code all}. Every server of the chain reports
 * its copy to the master, which is a write of metadata, before it acknowledges. After each write it
 * is noted how long it takes until the last region knows the file in its full size.
 *
 * <p>Does not measure replication after the acknowledgement, nor more than one file at once.
 */
@Measures(value = OperationKind.WRITE, scheduled = true, concurrent = true, startsSystem = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
public class ChunkReplicationBenchmark {

  private static final int FILES = 3;
  private static final long LOOK_NANOS = 2_000_000;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Label of the target; only {@code embedded} can be: the trial starts its own cluster. */
  @Param("embedded")
  public String target;

  /** Distances of the regions. */
  @Param({"local", "wide", "atlantic", "pacific"})
  public String regions;

  /** Where a chunk has to be before its write is acknowledged. */
  @Param({"local", "quorum", "all"})
  public String policy;

  /** Of a file. */
  @Param({"4KB", "1MB", "16MB", "100MB"})
  public String fileSize;

  private TrialCluster trial;
  private FileRef directory;
  private Payload payload;
  private int number;

  @Setup(Level.Trial)
  public void open() {
    trial =
        TrialCluster.open(
            RegionCluster.Options.of(TrialCluster.matrix(regions))
                .withReplication(ReplicationPolicy.parse(policy)));
    directory = trial.session().newDirectory("replicated");
    payload = trial.session().payload(ByteSize.parse(fileSize), 1);
  }

  @TearDown(Level.Trial)
  public void close() {
    trial.close();
  }

  @Benchmark
  public long write() {
    long lag = 0;
    int written = 0;
    for (int i = 0; i < FILES; i++) {
      String name = "file-" + number++;
      Outcome<FileRef> outcome = trial.session().target().write(directory, name, payload);
      if (outcome.succeeded()) {
        lag += lagOf(System.nanoTime());
        written++;
      }
    }
    if (written > 0) {
      trial.session().note(Quantity.REPLICATION_LAG, lag / (double) written);
    }
    return written;
  }

  /** Until every region, seen from nearby, has applied as much as the leader has now. */
  private long lagOf(long acknowledged) {
    long index = applied(trial.leader());
    for (String region : trial.cluster().description().names()) {
      while (applied(region) < index && System.nanoTime() - acknowledged < PATIENCE.toNanos()) {
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
    return System.nanoTime() - acknowledged;
  }

  private long applied(String region) {
    return trial.watch().status(region).map(RegionStatusAnswer::getAppliedIndex).orElse(-1L);
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(ChunkReplicationBenchmark.class, args);
  }
}
