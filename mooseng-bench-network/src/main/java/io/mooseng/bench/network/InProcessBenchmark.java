package io.mooseng.bench.network;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.inprocess.InProcessChannelBuilder;
import io.grpc.inprocess.InProcessServerBuilder;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.server.probe.ProbeService;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.proto.NetworkProbeGrpc;
import io.mooseng.bench.proto.ProbeAnswer;
import io.mooseng.bench.proto.ProbeFrame;
import io.mooseng.bench.proto.ProbeRequest;
import java.io.IOException;
import java.util.UUID;
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
 * What is left of a call when there is no network, and what when there is no gRPC?
 *
 * <p>The control of {@link UnaryBenchmark} and {@link PingPongBenchmark}: the same service by
 * gRPC's in-process transport, on the caller's thread, where messages are handed over as objects;
 * and, as {@link #baseline}, the service called as the object it is. From a row over a socket,
 * {@code unary} at the same size leaves what serialising, HTTP/2, sockets and changes of threads
 * cost.
 *
 * <p>Does not measure a target, and is recorded by JMH only.
 */
@Measures(OperationKind.HARNESS)
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class InProcessBenchmark {

  private static final long SEED = 1;

  /** Bytes of the request's payload; 1KB = 1,024 B. */
  @Param({"0B", "64KB"})
  public String messageSize;

  private final ProbeService service = new ProbeService();
  private Server server;
  private ManagedChannel channel;
  private NetworkProbeGrpc.NetworkProbeBlockingStub stub;
  private ProbeRequest request;
  private ProbeFrame frame;
  private ClientCall<ProbeFrame, ProbeFrame> echo;
  private final LastFrame last = new LastFrame();

  @Setup(Level.Trial)
  public void start() throws IOException {
    String name = "in-process-" + UUID.randomUUID();
    server =
        InProcessServerBuilder.forName(name).directExecutor().addService(service).build().start();
    channel = InProcessChannelBuilder.forName(name).directExecutor().build();
    stub = NetworkProbeGrpc.newBlockingStub(channel);
    ProbeData data = ProbeData.of(SEED, ByteSize.parse(messageSize).bytes());
    request = ProbeRequest.newBuilder().setPayload(data.bytes()).build();
    frame = ProbeFrame.newBuilder().setData(data.bytes()).build();
    echo = channel.newCall(NetworkProbeGrpc.getEchoMethod(), CallOptions.DEFAULT);
    echo.start(last, new Metadata());
    echo.request(1);
  }

  @TearDown(Level.Trial)
  public void stop() {
    echo.cancel("the trial is over", null);
    channel.shutdownNow();
    server.shutdownNow();
  }

  /** The service without a transport. */
  @Benchmark
  public ProbeAnswer baseline() {
    Answer answer = new Answer();
    service.call(request, answer);
    return answer.value;
  }

  @Benchmark
  public ProbeAnswer unary() {
    return stub.call(request);
  }

  @Benchmark
  public ProbeFrame pingPong() {
    last.value = null;
    echo.sendMessage(frame);
    echo.request(1);
    if (last.value == null) {
      throw new IllegalStateException("no echo on the caller's thread");
    }
    return last.value;
  }

  /** Keeps what came. */
  private static final class Answer implements StreamObserver<ProbeAnswer> {

    private ProbeAnswer value;

    @Override
    public void onNext(ProbeAnswer answer) {
      value = answer;
    }

    @Override
    public void onError(Throwable failure) {
      throw new IllegalStateException(failure);
    }

    @Override
    public void onCompleted() {
      // There is one answer.
    }
  }

  /** Keeps what came. */
  private static final class LastFrame extends ClientCall.Listener<ProbeFrame> {

    private ProbeFrame value;

    @Override
    public void onMessage(ProbeFrame message) {
      value = message;
    }
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(InProcessBenchmark.class, args);
  }
}
