package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.InFlightWindow;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.Payload;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
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
 * How do throughput and latency change with the number of operations under way at once?
 *
 * <p>A closed loop: {@code inFlight} operations on one {@value #FILE_SIZE} file are always
 * outstanding, and the next starts when one of them has ended: a whole read, or a stat (over gRPC
 * one unary call). Over gRPC they share the connections that {@link Connections} asks for; a file
 * system target uses one thread for each. JMH's score counts operations taken, of which at most
 * twice {@code inFlight}, or those of about a millisecond, end after the iteration; they are waited
 * for and recorded.
 *
 * <p>Does not measure many clients, nor latency at a fixed arrival rate (a closed loop slows down
 * with its target).
 */
@Measures(OperationKind.READ)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConcurrencyBenchmark {

  /** Small enough that the cost of an operation, not of its bytes, dominates. */
  static final String FILE_SIZE = "4KB";

  /** Operations under way at once, in one client thread; {@code -t} multiplies it. */
  @Param({"1", "5", "10", "25", "50", "100", "250", "500"})
  public int inFlight;

  private final Queue<InFlightWindow> windows = new ConcurrentLinkedQueue<>();
  private Payload payload;
  private FileRef file;

  @Setup(Level.Trial)
  public void writeFile(ConnectedTarget files) {
    payload = files.session().payload(ByteSize.parse(FILE_SIZE), 0);
    file =
        files
            .session()
            .setUp((driver, trace) -> driver.write(files.directory(), "shared", payload, trace));
  }

  @Benchmark
  public void read(ConnectedTarget files, Window window) throws InterruptedException {
    files.target().readAsync(file, payload, window.places);
  }

  @Benchmark
  @Measures(OperationKind.METADATA)
  public void stat(ConnectedTarget files, Window window) throws InterruptedException {
    files.target().statAsync(file, window.places);
  }

  /** The operations of one client thread. */
  @State(Scope.Thread)
  public static class Window {

    private InFlightWindow places;

    @Setup(Level.Trial)
    public void make(ConcurrencyBenchmark benchmark) {
      places = new InFlightWindow(benchmark.inFlight);
      benchmark.windows.add(places);
    }

    /** Of all threads: the first to go on from here may close the target they share. */
    @TearDown(Level.Iteration)
    public void drain(ConcurrencyBenchmark benchmark, ConnectedTarget files)
        throws InterruptedException {
      for (InFlightWindow window : benchmark.windows) {
        window.drain(files.target());
      }
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(ConcurrencyBenchmark.class, args);
  }
}
