package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
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
 * What does it cost more to read or overwrite a block that lies in two chunks than one that lies in
 * one?
 *
 * <p>MooseNG cuts files into chunks of 64 MiB. The block lies in the middle of the first chunk, or
 * half before and half behind its end. It is the same block each time, so that it is in the page
 * cache. Every block read is verified; a file that was overwritten is read back and compared as a
 * whole after each iteration, outside of the measured time.
 *
 * <p>On a target without chunks both places should cost the same. Does not measure files of more
 * than two chunks, nor cold reads.
 */
@Measures(OperationKind.READ)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChunkBoundaryBenchmark {

  private static final long CHUNK_BYTES = ByteSize.parse("64MB").bytes();

  /** Beyond the boundary there is room for half of the largest block. */
  private static final ByteSize FILE_SIZE = ByteSize.parse("72MB");

  private static final String ACROSS = "across";

  /** Where the block lies: {@code inside} a chunk, or {@code across} the end of one. */
  @Param({"inside", ACROSS})
  public String position;

  /** Bytes of one operation, at most 16MB. */
  @Param({"4KB", "1MB"})
  public String blockSize;

  private List<Payload> updates;
  private ChangingFile file;
  private long offset;
  private long bytes;
  private int turn;

  @Setup(Level.Trial)
  public void writeFile(FileTarget files) {
    bytes = ByteSize.parse(blockSize).bytes();
    long middle = position.equals(ACROSS) ? CHUNK_BYTES : CHUNK_BYTES / 2;
    offset = middle - bytes / 2;
    if (middle + bytes > FILE_SIZE.bytes() + bytes / 2) {
      throw new IllegalArgumentException("blockSize=" + blockSize + ": accepted: up to 16MB");
    }
    Payload payload = files.session().payload(FILE_SIZE, 0);
    FileRef directory = files.newDirectory("boundary");
    file =
        new ChangingFile(
            files.session().setUp((driver, trace) -> driver.write(directory, "f", payload, trace)),
            FileContent.of(payload));
    updates =
        List.of(
            files.session().payload(new ByteSize(bytes), 1),
            files.session().payload(new ByteSize(bytes), 2));
  }

  @TearDown(Level.Iteration)
  public void verifyFile(FileTarget files) {
    file.verify(files.session());
  }

  @Benchmark
  public Outcome<Long> read(FileTarget files) {
    return files.target().readRange(file.ref(), offset, bytes, file.content());
  }

  @Benchmark
  @Measures(OperationKind.WRITE)
  public Outcome<Boolean> overwrite(FileTarget files) {
    Payload update = updates.get(turn++ & 1);
    return file.overwrite(files.target(), offset, update);
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(ChunkBoundaryBenchmark.class, args);
  }
}
