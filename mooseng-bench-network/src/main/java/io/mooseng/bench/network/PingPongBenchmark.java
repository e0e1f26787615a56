package io.mooseng.bench.network;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import io.mooseng.bench.proto.NetworkProbeGrpc;
import io.mooseng.bench.proto.ProbeFrame;
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
 * How long does a message take there and back on a stream that is open already?
 *
 * <p>An operation is one message of {@code messageSize} on a bidirectional stream, and the same
 * message coming back; the next is sent when it has arrived. Beside a unary call of the same size
 * ({@link UnaryBenchmark}) it shows what opening and ending a call costs. Its bytes are counted
 * once, though they cross the network twice.
 *
 * <p>The call is not of MooseNG's protocol: a server that is not of this project answers it with
 * UNIMPLEMENTED, and the row fails. Does not measure messages that do not wait for each other
 * ({@link StreamingBenchmark}).
 */
@Measures(value = OperationKind.RPC, opensConnections = true)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PingPongBenchmark {

  /** Bytes of the message; 1KB = 1,024 B. */
  @Param({"0B", "1KB", "64KB"})
  public String messageSize;

  private RpcAccess rpcs;
  private ProbeData data;
  private ClientCall<ProbeFrame, ProbeFrame> call;
  private FrameReceiver answers;
  private long sent;

  @Setup(Level.Trial)
  public void prepare(RpcTarget rpc) {
    rpcs = rpc.rpcs();
    data = ProbeData.of(rpc.session().seed(), ByteSize.parse(messageSize).bytes());
  }

  /** A stream for each iteration: at the end of a trial the target may be closed first. */
  @Setup(Level.Iteration)
  public void begin() {
    open();
  }

  /** Without a deadline: a stream may stay open for ever, each message of it may not. */
  private void open() {
    answers = new FrameReceiver(rpcs, "Echo", data);
    call =
        rpcs.channel()
            .newCall(NetworkProbeGrpc.getEchoMethod(), rpcs.callOptions().withDeadline(null));
    answers.start(call, new Metadata());
    sent = 0;
  }

  @TearDown(Level.Iteration)
  public void end() {
    call.cancel("the iteration is over", null);
  }

  @Benchmark
  public Outcome<Boolean> pingPong(RpcTarget rpc) {
    if (answers.ended()) {
      open();
    }
    return rpc.target().together(data.size(), this::exchange);
  }

  private Boolean exchange(OperationTrace trace) throws OperationException {
    trace.roundTrip();
    call.sendMessage(ProbeFrame.newBuilder().setNumber(sent++).setData(data.bytes()).build());
    answers.awaitFrames(sent, rpcs.deadline().toNanos());
    return true;
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(PingPongBenchmark.class, args);
  }
}
