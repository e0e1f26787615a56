package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.measure.JainsIndex;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.ClientPool;
import io.mooseng.bench.core.target.KnownFile;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.Payload;
import java.util.ArrayList;
import java.util.Arrays;
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
 * How do throughput and latency change with the number of clients, and does each client get its
 * share?
 *
 * <p>Over gRPC every client has connections and a session of its own, opened during set-up. Each is
 * a closed loop: {@code inFlight} operations of it are under way, and the next starts when one of
 * them has ended, in the thread that ended it. All clients share one event loop per processor, so
 * that 500 of them need no 500 threads. A file system target has no clients to tell apart: there a
 * thread is used for each operation that is under way.
 *
 * <p>{@code clients.fairness} is Jain's index of the operations that each client got done in an
 * iteration, {@code clients.slowest} and {@code clients.fastest} are those of one client divided by
 * the average. A client whose operations fail goes on at once. JMH's score counts operations taken,
 * of which at most twice as many as are under way at once, or those of about a millisecond, end
 * after the iteration; they are waited for and recorded.
 *
 * <p>Does not measure latency at a fixed arrival rate (a closed loop slows down with its target),
 * nor several client machines: the clients share the processors of one JVM.
 */
@Measures(OperationKind.READ)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ClientsBenchmark {

  /** Clients, in all threads of JMH together. */
  @Param({"1", "5", "10", "25", "50", "100", "250", "500"})
  public int clients;

  /** Operations of each client under way at once. */
  @Param("1")
  public int inFlight;

  /** Size of each file. The default is small enough that the cost of an operation dominates. */
  @Param("4KB")
  public String size;

  /** Most files; with fewer than clients, several clients work on the same one. */
  @Param("100")
  public int files;

  private TargetSession session;
  private ClientPool pool;

  @Setup(Level.Trial)
  public void open(ConnectedTarget target) {
    session = target.session();
    List<KnownFile> known = write(target);
    // Last: nobody would close them if anything after this failed.
    pool = new ClientPool(session.openClients(clients), known, inFlight);
  }

  private List<KnownFile> write(ConnectedTarget target) {
    List<KnownFile> written = new ArrayList<>();
    int count = Math.min(clients, files);
    var progress = session.progress("files written", count);
    while (written.size() < count) {
      Payload payload = session.payload(ByteSize.parse(size), written.size());
      String name = "file-" + written.size();
      written.add(
          new KnownFile(
              session.setUp(
                  (driver, trace) -> driver.write(target.directory(), name, payload, trace)),
              payload));
      progress.step();
    }
    return written;
  }

  @TearDown(Level.Trial)
  public void close() {
    pool.close();
  }

  @Setup(Level.Iteration)
  public void count() {
    pool.takeSuccesses();
  }

  @TearDown(Level.Iteration)
  public void drain() throws InterruptedException {
    pool.drain();
    long[] successes = pool.takeSuccesses();
    double average = Arrays.stream(successes).average().orElseThrow();
    if (average > 0) {
      session.note(Quantity.FAIRNESS, JainsIndex.of(successes));
      session.note(Quantity.SLOWEST_CLIENT, Arrays.stream(successes).min().orElseThrow() / average);
      session.note(Quantity.FASTEST_CLIENT, Arrays.stream(successes).max().orElseThrow() / average);
    }
  }

  @Benchmark
  public void read() throws InterruptedException {
    pool.read();
  }

  @Benchmark
  @Measures(OperationKind.METADATA)
  public void stat() throws InterruptedException {
    pool.stat();
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(ClientsBenchmark.class, args);
  }
}
