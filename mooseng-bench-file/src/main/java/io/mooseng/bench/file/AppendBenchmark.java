package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.workload.FileContent;
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
 * How long does it take to append a block to a file, as logs do?
 *
 * <p>Each client thread has a file of its own, and begins a new one when it holds {@value
 * #LARGEST_MEGABYTES} MB. Each file is read back and compared as a whole before it is removed,
 * outside of the measured time. A target must first learn the size of a file to append to it
 * ({@code roundtrips.per.op} says what that costs over gRPC).
 *
 * <p>Does not measure several writers on one file: not every target can tell appends apart that
 * come at once.
 */
@Measures(OperationKind.WRITE)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class AppendBenchmark {

  static final int LARGEST_MEGABYTES = 128;

  /** Bytes of one append. */
  @Param({"4KB", "64KB", "1MB"})
  public String blockSize;

  private Payload block;
  private FileRef directory;
  private ChangingFile file;
  private long files;

  @Setup(Level.Trial)
  public void preparePayload(FileTarget target) {
    block = target.session().payload(ByteSize.parse(blockSize), 0);
  }

  @Setup(Level.Iteration)
  public void makeDirectory(FileTarget target) {
    directory = target.newDirectory("appends");
    makeFile(target);
  }

  private void makeFile(FileTarget target) {
    String name = "log-" + files++;
    file =
        new ChangingFile(
            target.session().setUp((driver, trace) -> driver.create(directory, name, trace)),
            new FileContent());
  }

  @TearDown(Level.Iteration)
  public void verifyFile(FileTarget target) {
    file.verify(target.session());
    target.session().cleanUp(directory);
  }

  @Benchmark
  public Outcome<Boolean> append(FileTarget target) {
    if (file.appended() + block.size() > LARGEST_MEGABYTES * 1024L * 1024L) {
      file.verify(target.session());
      target.session().delete(file.ref());
      makeFile(target);
    }
    return file.append(target.target(), block);
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(AppendBenchmark.class, args);
  }
}
