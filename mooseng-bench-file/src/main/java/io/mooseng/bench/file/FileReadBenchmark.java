package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.ColdReads;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to read a whole file of a given size, and at what bandwidth?
 *
 * <p>Files were written just before, by this client: with {@code cache=warm} the target answers
 * from its caches if it has any. With {@code cache=cold} (and {@code --drop-caches}) the page cache
 * of this machine is emptied before every read. That is outside of the recorded latency but inside
 * JMH's own score and the throughput, which say nothing of a cold read.
 *
 * <p>Every byte is verified; the CRC32C of arriving data is computed inside the measured time
 * (stage {@code verify}), the comparison after it.
 *
 * <p>Does not measure partial reads, or more than one reader (use {@code -t} for that, with warm
 * reads).
 */
@Measures(OperationKind.READ)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FileReadBenchmark {

  /** Size of the file; 1KB = 1,024 B. */
  @Param({"1KB", "4KB", "64KB", "1MB", "10MB", "100MB"})
  public String size;

  /** Whether the page cache may hold the file: {@code warm} or {@code cold}. */
  @Param("warm")
  public String cache;

  private Payload payload;
  private FileRef file;

  /** Null for warm reads. */
  private ColdReads cold;

  @Setup(Level.Trial)
  public void writeFile(FileTarget files) {
    payload = files.session().payload(ByteSize.parse(size), 0);
    file =
        files
            .session()
            .setUp((driver, trace) -> driver.write(files.directory(), "read", payload, trace));
    cold = cache.equals("cold") ? files.session().coldReads() : null;
  }

  @TearDown(Level.Trial)
  public void sayWhetherItWasCold() {
    if (cold != null) {
      cold.close();
    }
  }

  @Benchmark
  public Outcome<Long> read(FileTarget files) {
    return cold == null
        ? files.target().read(file, payload)
        : cold.read(() -> files.target().read(file, payload));
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(FileReadBenchmark.class, args);
  }
}
