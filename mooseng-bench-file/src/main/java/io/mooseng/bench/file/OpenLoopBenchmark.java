package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.load.BlockingOperations;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.Payload;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long do operations take that come at a given rate, whether the target keeps up or not?
 *
 * <p>An open loop: operations on {@value #FILE_SIZE} files start by a schedule fixed in advance,
 * and response times count from the intended starts. One call is one schedule of {@code duration}.
 * Reads and stats are asynchronous; each write of a new file has a thread. With {@code
 * rate=max(p99<20ms)}, or {@code --find-max-rate}, the highest rate that keeps this is searched
 * first.
 *
 * <p>Does not measure how fast the target can be: that is for closed loops, or the search. The
 * operations of a schedule are all alike; for mixes of them, see the mixes.
 */
@Measures(value = OperationKind.READ, scheduled = true, concurrent = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@Warmup(iterations = 1)
@Measurement(iterations = 1)
public class OpenLoopBenchmark {

  /** Small enough that the cost of an operation, not of its bytes, dominates. */
  static final String FILE_SIZE = "4KB";

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
  public void read(ConnectedTarget files, OfferedLoad load) throws InterruptedException {
    files
        .session()
        .offer(load.shape(), (i, start) -> files.target().at(start).readAsync(file, payload));
  }

  @Benchmark
  @Measures(value = OperationKind.METADATA, scheduled = true, concurrent = true)
  public void stat(ConnectedTarget files, OfferedLoad load) throws InterruptedException {
    files.session().offer(load.shape(), (i, start) -> files.target().at(start).statAsync(file));
  }

  @Benchmark
  @Measures(value = OperationKind.WRITE, scheduled = true, concurrent = true)
  public void write(ConnectedTarget files, OfferedLoad load, NewFiles written)
      throws InterruptedException {
    BlockingOperations writes =
        new BlockingOperations(
            load.inFlight,
            (i, start) ->
                written.keep(
                    files.session(),
                    files
                        .target()
                        .at(start)
                        .write(written.directory(), written.nextName(), payload)));
    try (writes) {
      files.session().offer(load.shape(), writes);
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(OpenLoopBenchmark.class, args);
  }
}
