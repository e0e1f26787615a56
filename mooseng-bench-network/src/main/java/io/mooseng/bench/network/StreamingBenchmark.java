package io.mooseng.bench.network;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import io.mooseng.bench.proto.NetworkProbeGrpc;
import io.mooseng.bench.proto.ProbeFrame;
import io.mooseng.bench.proto.ProbeStreamRequest;
import io.mooseng.bench.proto.ProbeSummary;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
 * How fast does one stream carry many bytes: from the server, to the server, and both ways at once?
 *
 * <p>An operation is one call that moves {@code transferSize} in frames of {@code frameSize}, over
 * an open channel: {@link #receive} is a server stream, {@link #send} a client stream that ends
 * with the server's word on what arrived, {@link #exchange} a bidirectional one in which every
 * frame comes back while the next are under way; its bytes are counted once, though they cross the
 * network twice. Every frame is checked by its CRC32C where it arrives, as part of the stream's
 * time. What is under way is bounded by gRPC's flow control.
 *
 * <p>The calls are not of MooseNG's protocol: a server that is not of this project answers them
 * with UNIMPLEMENTED, and the row fails. Does not measure file data ({@code FileReadBenchmark}) nor
 * messages that wait for each other ({@link PingPongBenchmark}).
 */
@Measures(value = OperationKind.RPC, opensConnections = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StreamingBenchmark {

  /** Bytes of one operation; 1KB = 1,024 B. A multiple of the frames' size. */
  @Param("16MB")
  public String transferSize;

  /** Bytes of one message. */
  @Param({"64KB"})
  public String frameSize;

  private RpcAccess rpcs;
  private long deadlineNanos;
  private ProbeData data;
  private int frames;
  private ProbeStreamRequest request;

  @Setup(Level.Trial)
  public void prepare(RpcTarget rpc) {
    rpcs = rpc.rpcs();
    deadlineNanos = rpcs.deadline().toNanos();
    int frameBytes = (int) ByteSize.parse(frameSize).bytes();
    long bytes = ByteSize.parse(transferSize).bytes();
    if (bytes < frameBytes || bytes % frameBytes != 0) {
      throw rpc.session()
          .failed(
              FailureKind.INVALID,
              "transferSize=%s: accepted: a multiple of frameSize=%s"
                  .formatted(transferSize, frameSize));
    }
    frames = (int) (bytes / frameBytes);
    data = ProbeData.of(rpc.session().seed(), frameBytes);
    request =
        ProbeStreamRequest.newBuilder()
            .setSeed(rpc.session().seed())
            .setFrameBytes(frameBytes)
            .setFrames(frames)
            .build();
  }

  private long bytes() {
    return (long) frames * data.size();
  }

  @Benchmark
  public Outcome<Boolean> receive(RpcTarget rpc) {
    return rpc.target().together(bytes(), this::receive);
  }

  private Boolean receive(OperationTrace trace) throws OperationException {
    trace.roundTrip();
    FrameReceiver receiver = new FrameReceiver(rpcs, "Receive", data);
    ClientCall<ProbeStreamRequest, ProbeFrame> call =
        rpcs.channel().newCall(NetworkProbeGrpc.getReceiveMethod(), rpcs.callOptions());
    receiver.start(call, new Metadata());
    call.sendMessage(request);
    call.halfClose();
    receiver.awaitEnd(frames, deadlineNanos);
    return true;
  }

  @Benchmark
  public Outcome<ProbeSummary> send(RpcTarget rpc) {
    return rpc.target()
        .checked(bytes(), this::send, answer -> Arrived.atServer(data.bytes(), frames, answer));
  }

  private ProbeSummary send(OperationTrace trace) throws OperationException {
    trace.roundTrip();
    ClientCall<ProbeFrame, ProbeSummary> call =
        rpcs.channel().newCall(NetworkProbeGrpc.getSendMethod(), rpcs.callOptions());
    Summary summary = new Summary(new FrameSender(call, data.bytes(), frames));
    call.start(summary, new Metadata());
    call.request(2);
    return summary.await();
  }

  @Benchmark
  public Outcome<Boolean> exchange(RpcTarget rpc) {
    return rpc.target().together(bytes(), this::exchange);
  }

  private Boolean exchange(OperationTrace trace) throws OperationException {
    trace.roundTrip();
    ClientCall<ProbeFrame, ProbeFrame> call =
        rpcs.channel().newCall(NetworkProbeGrpc.getEchoMethod(), rpcs.callOptions());
    FrameSender sender = new FrameSender(call, data.bytes(), frames);
    FrameReceiver receiver =
        new FrameReceiver(rpcs, "Echo", data) {
          @Override
          public void onReady() {
            sender.send();
          }
        };
    receiver.start(call, new Metadata());
    receiver.awaitEnd(frames, deadlineNanos);
    return true;
  }

  /** Sends the frames of a client stream and waits for its only answer. */
  private final class Summary extends ClientCall.Listener<ProbeSummary> {

    private final FrameSender sender;
    private final CompletableFuture<ProbeSummary> result = new CompletableFuture<>();
    private ProbeSummary answer;

    Summary(FrameSender sender) {
      this.sender = sender;
    }

    @Override
    public void onReady() {
      sender.send();
    }

    @Override
    public void onMessage(ProbeSummary message) {
      answer = message;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      if (status.isOk() && answer != null) {
        result.complete(answer);
      } else {
        Status why = status.isOk() ? Status.INTERNAL.withDescription("no answer") : status;
        result.completeExceptionally(rpcs.failure("Send", why));
      }
    }

    ProbeSummary await() throws OperationException {
      try {
        return result.get();
      } catch (ExecutionException e) {
        throw (OperationException) e.getCause();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw OperationException.light(FailureKind.INTERNAL, "Send: interrupted");
      }
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(StreamingBenchmark.class, args);
  }
}
