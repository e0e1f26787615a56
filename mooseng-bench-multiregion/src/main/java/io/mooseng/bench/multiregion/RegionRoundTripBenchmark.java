package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
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
 * How long does one unary call take between regions?
 *
 * <p>The call is a stat of the root directory over an open channel. Between client and server lies
 * an emulated link, whose round-trip time is measured over the link itself before the fork and
 * stored beside the result; no answer can be faster. {@code 0ms} means no link.
 *
 * <p>The default round-trip times are those of the AWS regions us-east-1, us-west-1 and
 * ap-northeast-2 to each other: 72.7 ms us-east-1 to us-west-1, 131.5 ms us-west-1 to
 * ap-northeast-2, 178.4 ms us-east-1 to ap-northeast-2 (averages of pings, published in 2017).
 *
 * <p>Does not measure replication, loss, congestion control or a connection's set-up: a TCP relay
 * cannot show them.
 */
@Measures(OperationKind.RPC)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1, time = 1)
@Measurement(iterations = 5, time = 2)
public class RegionRoundTripBenchmark {

  /** Label of the target; the run replaces it by the targets it was given. */
  @Param("embedded")
  public String target;

  /** Round-trip time of the emulated link, in milliseconds. */
  @Param({"72.7ms", "131.5ms", "178.4ms"})
  public String rtt;

  private TargetSession session;

  @Setup(Level.Trial)
  public void open() {
    session = TargetSession.open();
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  @Benchmark
  public Outcome<FileInfo> unaryCall() {
    return session.target().stat(session.target().driver().root());
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(RegionRoundTripBenchmark.class, args);
  }
}
