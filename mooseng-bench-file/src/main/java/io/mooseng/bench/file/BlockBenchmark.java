package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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
 * How long does it take to read or overwrite one block of a large file, in order or at random?
 *
 * <p>Each client thread has a file of its own, written before. Blocks are aligned to their size;
 * sequential access goes on at the start after the end, random access draws blocks uniformly from
 * the seed of the run. Every block read is verified, and a file that was overwritten is read back
 * and compared as a whole after each iteration, outside of the measured time.
 *
 * <p>The page cache is as the target's own: warm after the file was written. Over gRPC a block
 * costs the calls of a whole file ({@code roundtrips.per.op} says how many), and on a file system
 * each block opens and closes the file.
 *
 * <p>Does not measure several clients on one file, nor cold reads.
 */
@Measures(OperationKind.READ)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class BlockBenchmark {

  /** Payloads that overwrites take in turn, so that a lost one is noticed. */
  private static final int VARIANTS = 16;

  /** Size of the file; 1KB = 1,024 B. */
  @Param("64MB")
  public String fileSize;

  /** Bytes of one operation; at most the size of the file. */
  @Param({"4KB", "64KB", "1MB"})
  public String blockSize;

  private final List<Payload> updates = new ArrayList<>();
  private SplittableRandom random;
  private ChangingFile file;
  private long blocks;
  private long bytes;
  private long next;
  private int turn;

  @Setup(Level.Trial)
  public void writeFile(FileTarget files) {
    Payload payload = files.session().payload(ByteSize.parse(fileSize), 0);
    FileRef directory = files.newDirectory("blocks");
    file =
        new ChangingFile(
            files.session().setUp((driver, trace) -> driver.write(directory, "f", payload, trace)),
            FileContent.of(payload));
    bytes = ByteSize.parse(blockSize).bytes();
    blocks = payload.size() / bytes;
    if (blocks == 0) {
      throw new IllegalArgumentException(
          "blockSize=" + blockSize + ": accepted: up to the fileSize, " + fileSize);
    }
    for (int variant = 1; variant <= VARIANTS; variant++) {
      updates.add(files.session().payload(new ByteSize(bytes), variant));
    }
    random = new SplittableRandom(payload.crc32c());
  }

  @TearDown(Level.Iteration)
  public void verifyFile(FileTarget files) {
    file.verify(files.session());
  }

  private long nextOffset() {
    return next++ % blocks * bytes;
  }

  private long randomOffset() {
    return random.nextLong(blocks) * bytes;
  }

  @Benchmark
  public Outcome<Long> readSequentially(FileTarget files) {
    return files.target().readRange(file.ref(), nextOffset(), bytes, file.content());
  }

  @Benchmark
  public Outcome<Long> readAtRandom(FileTarget files) {
    return files.target().readRange(file.ref(), randomOffset(), bytes, file.content());
  }

  @Benchmark
  @Measures(OperationKind.WRITE)
  public Outcome<Boolean> overwriteSequentially(FileTarget files) {
    return overwrite(files, nextOffset());
  }

  @Benchmark
  @Measures(OperationKind.WRITE)
  public Outcome<Boolean> overwriteAtRandom(FileTarget files) {
    return overwrite(files, randomOffset());
  }

  private Outcome<Boolean> overwrite(FileTarget files, long offset) {
    Payload update = updates.get(Math.floorMod(turn++, VARIANTS));
    return file.overwrite(files.target(), offset, update);
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(BlockBenchmark.class, args);
  }
}
