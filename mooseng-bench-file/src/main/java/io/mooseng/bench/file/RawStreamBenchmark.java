package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.measure.RawStream;
import io.mooseng.bench.core.measure.RawStreamProcess;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import java.io.IOException;
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
 * How fast does one raw TCP connection over loopback move the same bytes, with the same CRC32C on
 * both sides, to and from another process?
 *
 * <p>The ceiling for a gRPC transfer on one channel: run it together with {@link FileReadBenchmark}
 * and {@link FileWriteBenchmark} at the same size and {@code --store memory}, and compare within
 * that run.
 *
 * <p>Does not measure gRPC, a disk, or a network, and is recorded by JMH only.
 */
@Measures(OperationKind.HARNESS)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RawStreamBenchmark {

  /** Bytes of one transfer; 1KB = 1,024 B. */
  @Param("100MB")
  public String size;

  private long bytes;
  private RawStreamProcess peer;
  private RawStream stream;

  @Setup(Level.Trial)
  public void connect() throws IOException {
    bytes = ByteSize.parse(size).bytes();
    peer = RawStreamProcess.start();
    stream = RawStream.connect(peer.address());
  }

  @TearDown(Level.Trial)
  public void close() throws IOException {
    stream.close();
    peer.close();
  }

  @Benchmark
  public void receive() throws IOException {
    stream.receive(bytes);
  }

  @Benchmark
  public void send() throws IOException {
    stream.send(bytes);
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(RawStreamBenchmark.class, args);
  }
}
