package io.mooseng.bench.file;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does recording one operation cost?
 *
 * <p>The difference between {@link #record} and {@link #baseline} is the recorder; both do the same
 * arithmetic on a latency that changes from call to call. {@link #clock} is the two time stamps
 * every operation takes besides, {@link #recordStages} a recorder that is told of four stages. With
 * {@code -prof gc}, {@code gc.alloc.rate.norm} of {@code record} must be 0 B.
 *
 * <p>Does not measure a driver or JMH itself, and is recorded by JMH only.
 */
@Measures(OperationKind.HARNESS)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class HarnessOverheadBenchmark {

  /** A linear congruential generator (Knuth, MMIX) spreads latencies over the histogram. */
  private static final long MULTIPLIER = 6364136223846793005L;

  private static final long INCREMENT = 1442695040888963407L;
  private static final int LATENCY_BITS = 24;

  private final OperationRecorder recorder = new OperationRecorder();
  private final OperationTrace trace = new OperationTrace();
  private long state = 1;

  private long nextLatencyNanos() {
    state = state * MULTIPLIER + INCREMENT;
    return state >>> (Long.SIZE - LATENCY_BITS);
  }

  @Benchmark
  public long baseline() {
    return nextLatencyNanos();
  }

  @Benchmark
  public long record() {
    long latency = nextLatencyNanos();
    recorder.success(0, latency, 0);
    return latency;
  }

  /** As {@link #record}, with what a driver told of the operation: four stages, as of a read. */
  @Benchmark
  public long recordStages() {
    long latency = nextLatencyNanos();
    trace.reset();
    trace.add(Stage.MASTER_RPC, latency / 2);
    trace.add(Stage.FIRST_BYTE, latency / 4);
    trace.add(Stage.TRANSFER, latency / 8);
    trace.add(Stage.CLOSE, latency - latency / 2 - latency / 4 - latency / 8);
    recorder.success(0, latency, 0, trace);
    return latency;
  }

  @Benchmark
  public long clock() {
    long start = Ticker.SYSTEM.nanoTime();
    return Ticker.SYSTEM.nanoTime() - start + nextLatencyNanos();
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(HarnessOverheadBenchmark.class, args);
  }
}
