package io.mooseng.bench.multiregion;

import io.grpc.Status;
import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.multiregion.client.DirectoryNames;
import io.mooseng.bench.multiregion.client.RegionClient;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.multiregion.consistency.RecordedRegisters;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
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
 * How many changes of metadata does a cluster take in a second from one region, if the client does
 * not wait for one before it sends the next?
 *
 * <p>A cluster of three regions is started for the trial. One call is {@value #CREATIONS} creations
 * of files with names of their own, of which {@code inFlight} are under way at once; the next is
 * sent when one has ended. Afterwards the directory is listed: a name that was acknowledged and is
 * not there is a lost operation, and a creation that found its own name there was done twice.
 *
 * <p>Does not measure clients in several regions at once, nor reads. Where {@code inFlight} is more
 * than a region has entries under way, latency is mostly time in its queue.
 */
@Measures(value = OperationKind.METADATA, scheduled = true, concurrent = true, startsSystem = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
public class PipelinedWriteBenchmark {

  private static final int CREATIONS = 2_000;
  private static final Duration DEADLINE = Duration.ofSeconds(20);
  private static final long LOOK_NANOS = 2_000_000;

  /** Label of the target; only {@code embedded} can be: the trial starts its own cluster. */
  @Param("embedded")
  public String target;

  /** Distances of the regions. */
  @Param({"local", "wide", "atlantic", "pacific"})
  public String regions;

  /** Where the client stands, seen from the leader. */
  @Param({"leader", "nearest", "farthest"})
  public String client;

  /** Creations under way at once. */
  @Param({"16", "256"})
  public int inFlight;

  /** Whether a region has an entry on disk, or on the heap, before it counts. */
  @Param({"memory", "durable"})
  public String log;

  private final AtomicLong unknown = new AtomicLong();
  private final AtomicLong duplicated = new AtomicLong();
  private TrialCluster trial;
  private RegionClient creator;

  @Setup(Level.Trial)
  public void open() {
    trial =
        TrialCluster.open(
            RegionCluster.Options.of(TrialCluster.matrix(regions))
                .withDurableLog(log.equals("durable")));
    creator =
        new RegionClient(
            trial.cluster().description(),
            trial.cluster().matrix(),
            trial.region(client),
            DEADLINE);
  }

  @TearDown(Level.Trial)
  public void close() {
    creator.close();
    trial.close();
  }

  @Benchmark
  public long create() throws InterruptedException {
    trial.noteStart();
    unknown.set(0);
    duplicated.set(0);
    TargetSession session = trial.session();
    TargetSession.Place place = session.newPlace("created");
    awaitDirectory("/" + place.path());
    Set<String> acknowledged = ConcurrentHashMap.newKeySet();
    Semaphore free = new Semaphore(inFlight);
    for (int i = 0; i < CREATIONS; i++) {
      String name = "n" + i;
      free.acquire();
      session
          .target()
          .attemptLater(trace -> created("/" + place.path(), name, trace))
          .whenComplete(
              (done, never) -> {
                if (never == null && done) {
                  acknowledged.add(name);
                }
                free.release();
              });
    }
    free.acquire(inFlight);
    Set<String> there =
        session.setUp((driver, trace) -> DirectoryNames.of(driver, place.directory()));
    session.note(
        Quantity.LOST_WRITES, acknowledged.stream().filter(n -> !there.contains(n)).count());
    session.note(Quantity.DUPLICATED_WRITES, duplicated.get());
    session.note(Quantity.UNKNOWN_OUTCOMES, unknown.get());
    if (unknown.get() > 0) {
      session.warn(unknown + " of " + CREATIONS + " creations got no answer");
    }
    return acknowledged.size();
  }

  /** A region finds a directory by its own replica, which has a new one a little later. */
  private void awaitDirectory(String directory) {
    long end = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      try {
        Calls.await(creator.create(directory, "first"));
        return;
      } catch (OperationException e) {
        if (e.kind() != FailureKind.NOT_FOUND || System.nanoTime() > end) {
          throw trial.session().failed(e.kind(), "the directory is not there: " + e.getMessage());
        }
        LockSupport.parkNanos(LOOK_NANOS);
      }
    }
  }

  private CompletableFuture<Boolean> created(String directory, String name, OperationTrace trace) {
    trace.roundTrip();
    return creator
        .create(directory, name)
        .handle(
            (placed, failure) -> {
              if (failure != null) {
                boolean twice = RecordedRegisters.codeOf(failure) == Status.Code.ALREADY_EXISTS;
                (twice ? duplicated : unknown).incrementAndGet();
              }
              return failure == null;
            });
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(PipelinedWriteBenchmark.class, args);
  }
}
