package io.mooseng.bench.network;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientStreamTracer;
import io.grpc.Metadata;
import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import io.mooseng.bench.proto.NetworkProbeGrpc;
import io.mooseng.bench.proto.ProbeAnswer;
import io.mooseng.bench.proto.ProbeRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
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
 * What does compression of messages cost, and what does it save?
 *
 * <p>An operation is a unary call whose request carries {@code messageSize}, compressed by gRPC or
 * not; the bandwidth is that of the bytes before compression. {@code random} content does not
 * compress, {@code text} is drawn from a few words and does. {@code wire.ratio} is what was sent of
 * a message divided by its size, counted by gRPC's own stream tracer; where {@code gzip} leaves
 * text as it was, the operation fails.
 *
 * <p>The call is not of MooseNG's protocol: a server that is not of this project answers it with
 * UNIMPLEMENTED, and the row fails. Does not measure compressed answers, nor what real file data
 * compresses to.
 */
@Measures(value = OperationKind.RPC, opensConnections = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class CompressionBenchmark {

  private static final String GZIP = "gzip";
  private static final String TEXT = "text";

  /** What gRPC calls the algorithm; identity: none. */
  @Param({"identity", GZIP})
  public String compression;

  /** What the bytes are like. */
  @Param({TEXT, "random"})
  public String content;

  /** Bytes of the payload; 1KB = 1,024 B. */
  @Param("64KB")
  public String messageSize;

  private final Sent sent = new Sent();
  private TargetSession session;
  private RpcAccess rpcs;
  private ByteString payload;
  private ProbeRequest request;

  @Setup(Level.Trial)
  public void prepare(RpcTarget rpc) {
    session = rpc.session();
    rpcs = rpc.rpcs();
    long bytes = ByteSize.parse(messageSize).bytes();
    payload =
        content.equals(TEXT)
            ? Words.text(session.seed(), (int) bytes)
            : ProbeData.of(session.seed(), bytes).bytes();
    request = ProbeRequest.newBuilder().setPayload(payload).build();
  }

  @TearDown(Level.Iteration)
  public void note() {
    long wire = sent.wireBytes.sumThenReset();
    long before = sent.bytes.sumThenReset();
    if (before > 0) {
      double ratio = wire / (double) before;
      session.note(Quantity.WIRE_RATIO, ratio);
      if (compression.equals(GZIP) && content.equals(TEXT) && ratio >= 1) {
        throw session.failed(
            FailureKind.FAILED_PRECONDITION, "gzip was asked for, and nothing was compressed");
      }
    }
  }

  @Benchmark
  public Outcome<ProbeAnswer> send(RpcTarget rpc) {
    return rpc.target()
        .checked(
            payload.size(),
            trace -> {
              CallOptions options =
                  rpcs.callOptions().withCompression(compression).withStreamTracerFactory(sent);
              return Rpcs.call(
                  rpcs, rpcs.channel(), NetworkProbeGrpc.getCallMethod(), options, request, trace);
            },
            answer -> Arrived.atServer(payload, answer));
  }

  /** Counts what is sent. Safe for any number of threads. */
  private static final class Sent extends ClientStreamTracer.Factory {

    private final LongAdder wireBytes = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    @Override
    public ClientStreamTracer newClientStreamTracer(
        ClientStreamTracer.StreamInfo info, Metadata headers) {
      return new ClientStreamTracer() {
        @Override
        public void outboundWireSize(long size) {
          wireBytes.add(size);
        }

        @Override
        public void outboundUncompressedSize(long size) {
          bytes.add(size);
        }
      };
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(CompressionBenchmark.class, args);
  }
}
