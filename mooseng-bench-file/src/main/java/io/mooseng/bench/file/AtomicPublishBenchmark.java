package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.Payload;
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
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to publish a file atomically: write it under a temporary name, read it back
 * and verify it, rename it into place?
 *
 * <p>One operation is all three; its bytes are those of the file, once. A file that reads back
 * differently is not renamed and the operation is {@code corrupt}. Published files are removed as
 * {@link FileWriteBenchmark} does it.
 *
 * <p>Does not measure publishers that compete for a name (see {@link RenameRaceBenchmark}).
 */
@Measures(OperationKind.WRITE)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AtomicPublishBenchmark {

  /** Size of the file; 1KB = 1,024 B. */
  @Param({"4KB", "1MB"})
  public String size;

  private Payload payload;

  @Setup(Level.Trial)
  public void preparePayload(FileTarget files) {
    payload = files.session().payload(ByteSize.parse(size), 0);
  }

  @Benchmark
  public Outcome<FileRef> publish(FileTarget files, WrittenFiles published) {
    String name = published.nextName(files, payload.size());
    Outcome<FileRef> outcome = files.target().publish(published.directory(), name, payload);
    published.keep(outcome);
    return outcome;
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(AtomicPublishBenchmark.class, args);
  }
}
