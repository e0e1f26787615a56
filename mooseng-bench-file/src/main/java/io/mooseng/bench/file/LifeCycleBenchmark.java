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
 * How long is the life of a file: created and written, read, overwritten, read again, deleted?
 *
 * <p>One operation is all of it, on a new file each time; both reads are verified after its end was
 * taken. Its bytes are those written and read, all four times.
 *
 * <p>Does not tell the parts from each other: {@link FileWriteBenchmark}, {@link
 * FileReadBenchmark}, {@link BlockBenchmark} and {@link MetadataBenchmark} do.
 */
@Measures(OperationKind.WRITE)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class LifeCycleBenchmark {

  /** Size of the file; 1KB = 1,024 B. */
  @Param({"4KB", "1MB"})
  public String size;

  private Payload first;
  private Payload second;
  private FileRef directory;
  private long cycles;

  @Setup(Level.Trial)
  public void preparePayloads(FileTarget files) {
    first = files.session().payload(ByteSize.parse(size), 0);
    second = files.session().payload(ByteSize.parse(size), 1);
    directory = files.newDirectory("cycles");
  }

  @Benchmark
  public Outcome<?> cycle(FileTarget files) {
    return files.target().lifeCycle(directory, "file-" + cycles++, first, second);
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(LifeCycleBenchmark.class, args);
  }
}
