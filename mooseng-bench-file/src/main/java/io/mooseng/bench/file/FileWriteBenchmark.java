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
 * How long does it take to create a file and write all of it, and at what bandwidth?
 *
 * <p>Every operation makes a new file. A write ends when the target has acknowledged the data; with
 * {@code fsync=on}, our server and file targets force it to disk before. Files are removed after
 * each iteration; once an iteration has written {@value WrittenFiles#KEPT_MEGABYTES} MB, older
 * files are removed as it goes. That removal is outside of the recorded latency but inside JMH's
 * own score and the throughput.
 *
 * <p>Does not measure overwriting, appending, or more than one writer (use {@code -t} for that).
 */
@Measures(OperationKind.WRITE)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FileWriteBenchmark {

  /** Size of the file; 1KB = 1,024 B. */
  @Param({"1KB", "4KB", "64KB", "1MB", "10MB", "100MB"})
  public String size;

  /** Whether data is on disk when a write ends: {@code off} or {@code on}. */
  @Param("off")
  public String fsync;

  private Payload payload;

  @Setup(Level.Trial)
  public void preparePayload(FileTarget files) {
    payload = files.session().payload(ByteSize.parse(size), 0);
  }

  @Benchmark
  public Outcome<FileRef> write(FileTarget files, WrittenFiles written) {
    String name = written.nextName(files, payload.size());
    Outcome<FileRef> outcome = files.target().write(written.directory(), name, payload);
    written.keep(outcome);
    return outcome;
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(FileWriteBenchmark.class, args);
  }
}
