package io.mooseng.bench.network;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long does it take to set up a connection: the TCP handshake alone, and a new gRPC channel up
 * to its first response? And how much of that is saved by a channel that is there?
 *
 * <p>Every operation of {@link #tcpConnect} and {@link #channelToFirstResponse} opens a connection
 * from nothing and closes it. Closing is outside of the recorded latency but inside JMH's own score
 * and the throughput. {@link #warmCall} makes the same call, a stat of the root directory, on a
 * channel that stays.
 *
 * <p>Does not measure TLS handshakes apart ({@link TlsHandshakeBenchmark}), nor many connections at
 * once ({@link ConnectionStormBenchmark}). Over loopback a handshake costs system calls, not a
 * round trip of a network.
 */
@Measures(OperationKind.CONNECTION)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConnectionSetupBenchmark {

  @Benchmark
  @Measures(value = OperationKind.CONNECTION, timesTcpConnect = true)
  public Outcome<Boolean> tcpConnect(RpcTarget rpc) {
    return rpc.target().connect(ConnectionDepth.TCP);
  }

  @Benchmark
  public Outcome<Boolean> channelToFirstResponse(RpcTarget rpc) {
    return rpc.target().connect(ConnectionDepth.FIRST_RESPONSE);
  }

  @Benchmark
  @Measures(OperationKind.RPC)
  public Outcome<FileInfo> warmCall(RpcTarget rpc) {
    return rpc.target().stat(rpc.target().driver().root());
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(ConnectionSetupBenchmark.class, args);
  }
}
