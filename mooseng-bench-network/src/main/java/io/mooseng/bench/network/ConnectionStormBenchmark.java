package io.mooseng.bench.network;

import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.grpc.RpcAccess;
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
 * How long does it take until all of many clients that come at once are connected, and how many are
 * turned away?
 *
 * <p>An operation is a storm: {@code connections} are begun at once by one thread, and it ends when
 * the last of them is there. {@link #tcp} makes bare TCP connections, {@link #channels} gRPC
 * channels up to HTTP/2's SETTINGS (and TLS, where the target has it). A connection that is refused
 * or not there within the connect timeout is counted in {@code connections.failed}, and its storm
 * has failed. Closing is outside of the recorded latency but inside JMH's own score and the
 * throughput, which counts storms.
 *
 * <p>Does not measure many client machines: the storm shares one machine with itself and, if that
 * is local, with the server. The first call of a client is not part of it.
 */
@Measures(value = OperationKind.CONNECTION, opensConnections = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ConnectionStormBenchmark {

  /** Connections of one storm. */
  @Param({"1", "10", "50", "100", "250", "500"})
  public int connections;

  private RpcAccess rpcs;

  @Setup(Level.Trial)
  public void prepare(RpcTarget rpc) {
    rpcs = rpc.rpcs();
  }

  @Benchmark
  @Measures(value = OperationKind.CONNECTION, opensConnections = true, timesTcpConnect = true)
  public Outcome<Boolean> tcp(RpcTarget rpc) {
    return storm(rpc, new TcpStorm(rpcs, connections));
  }

  @Benchmark
  public Outcome<Boolean> channels(RpcTarget rpc) {
    return storm(rpc, new ChannelStorm(rpcs, connections));
  }

  private static Outcome<Boolean> storm(RpcTarget rpc, Storm storm) {
    try (storm) {
      Outcome<Boolean> outcome =
          rpc.target()
              .together(
                  0,
                  trace -> {
                    storm.connect();
                    return true;
                  });
      if (storm.failed() > 0) {
        rpc.session().add(Quantity.CONNECTIONS_FAILED, storm.failed());
      }
      return outcome;
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(ConnectionStormBenchmark.class, args);
  }
}
