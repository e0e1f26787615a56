package io.mooseng.bench.network;

import com.google.protobuf.ByteString;
import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import io.mooseng.bench.proto.NetworkProbeGrpc;
import io.mooseng.bench.proto.ProbeAnswer;
import io.mooseng.bench.proto.ProbeRequest;
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
 * How long does one unary call take, by the bytes it carries?
 *
 * <p>{@link #send} has them in the request, {@link #receive} in the answer; the other message is
 * nearly empty. Blocking stubs, one open channel, the bytes in one message: gRPC's usual way, with
 * its copies. The server computes the CRC32C of what it received before it answers, which is part
 * of the call (some 0.1 ms per MB); what the client received is compared after the time is taken.
 *
 * <p>The call is not of MooseNG's protocol: a server that is not of this project answers it with
 * UNIMPLEMENTED, and the row fails. Does not measure file data, which goes in streams ({@code
 * FileReadBenchmark}).
 */
@Measures(value = OperationKind.RPC, opensConnections = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class UnaryBenchmark {

  /** Bytes of the payload; 1KB = 1,024 B. */
  @Param({"0B", "1KB", "64KB", "1MB", "4MB"})
  public String messageSize;

  private RpcAccess rpcs;
  private ByteString payload;
  private ProbeRequest sending;
  private ProbeRequest receiving;

  @Setup(Level.Trial)
  public void prepare(RpcTarget rpc) {
    rpcs = rpc.rpcs();
    int bytes = (int) ByteSize.parse(messageSize).bytes();
    long seed = rpc.session().seed();
    payload = ProbeData.of(seed, bytes).bytes();
    sending = ProbeRequest.newBuilder().setPayload(payload).build();
    receiving = ProbeRequest.newBuilder().setSeed(seed).setAnswerBytes(bytes).build();
  }

  @Benchmark
  public Outcome<ProbeAnswer> send(RpcTarget rpc) {
    return rpc.target()
        .checked(
            payload.size(),
            trace -> call(sending, trace),
            answer -> Arrived.atServer(payload, answer));
  }

  @Benchmark
  public Outcome<ProbeAnswer> receive(RpcTarget rpc) {
    return rpc.target()
        .checked(
            payload.size(),
            trace -> call(receiving, trace),
            answer -> Arrived.here(payload, answer.getPayload()));
  }

  private ProbeAnswer call(ProbeRequest request, OperationTrace trace) throws OperationException {
    return Rpcs.call(
        rpcs, rpcs.channel(), NetworkProbeGrpc.getCallMethod(), rpcs.callOptions(), request, trace);
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(UnaryBenchmark.class, args);
  }
}
