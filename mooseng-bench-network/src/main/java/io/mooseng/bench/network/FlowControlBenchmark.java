package io.mooseng.bench.network;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.mooseng.bench.core.cli.BenchmarkMain;
import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.ConnectionSetting;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.Measures;
import io.mooseng.bench.core.target.OperationKind;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import io.mooseng.bench.proto.NetworkProbeGrpc;
import io.mooseng.bench.proto.ProbeFrame;
import io.mooseng.bench.proto.ProbeRequest;
import io.mooseng.bench.proto.ProbeStreamRequest;
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
 * How fast is a stream that its flow-control window bounds, and how near does it come to what the
 * window allows?
 *
 * <p>A server stream that never ends is read on; an operation is its next {@value #STEP}. At the
 * start of an iteration the stream is opened anew and read until two windows have passed, so that
 * the time of a first answer, slow start and a window that filled while nobody read are not
 * counted. {@code flowControlWindow} is the client's, of the stream and of the connection; {@code
 * auto} lets gRPC estimate it, up to 8 MiB. Every frame is checked by its CRC32C, as part of the
 * stream's time.
 *
 * <p>{@code window.ceiling} is the window divided by the round-trip time, {@code window.share} the
 * bandwidth as a share of it. The round-trip time is the smallest that was measured over the
 * emulated link before the fork; without a link it is that of the fastest of {@value #PINGS} empty
 * calls, which is longer than the network's, so that the ceiling is too low and the share may
 * exceed 1: the row says so. For {@code auto} the ceiling is that of the largest window.
 *
 * <p>The calls are not of MooseNG's protocol: a server that is not of this project answers them
 * with UNIMPLEMENTED, and the row fails. Does not measure sending, which the server's window
 * bounds, nor what a window costs in memory.
 */
@Measures(value = OperationKind.RPC, opensConnections = true)
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlowControlBenchmark {

  /** Bytes of an operation: small beside a second of most links. */
  static final String STEP = "256KB";

  /** Small beside the smallest window. */
  private static final int FRAME_BYTES = 16 << 10;

  private static final int PINGS = 50;

  /** The largest window that gRPC's estimate leads to (AbstractNettyHandler.FlowControlPinger). */
  private static final long LARGEST_AUTOMATIC_WINDOW = 8 << 20;

  private static final double NANOS_PER_SECOND = 1e9;

  /** Label of the target; the run replaces it by the targets it was given. */
  @Param("embedded")
  public String target;

  /** Bytes the server may send ahead; auto: gRPC's own estimate. 1KB = 1,024 B. */
  @Param({"64KB", "256KB", "1MB", "4MB", "16MB", "auto"})
  public String flowControlWindow;

  /** Round-trip time of an emulated link of its own, in milliseconds; 0ms: none of its own. */
  @Param("0ms")
  public String rtt;

  private TargetSession session;
  private RpcAccess rpcs;
  private ProbeData data;
  private long windowBytes;
  private long rttNanos;
  private ClientCall<ProbeStreamRequest, ProbeFrame> call;
  private FrameReceiver receiver;
  private long frames;
  private long firstNanos;
  private long lastNanos;
  private long measuredFrames;

  @Setup(Level.Trial)
  public void open() {
    ConnectionSettings settings =
        ConnectionSettings.defaults()
            .with(ConnectionSetting.FLOW_CONTROL_WINDOW, flowControlWindow);
    session = TargetSession.open(settings);
    rpcs = Rpcs.of(session);
    windowBytes =
        settings.flowControlWindow().map(ByteSize::bytes).orElse(LARGEST_AUTOMATIC_WINDOW);
    data = ProbeData.of(session.seed(), FRAME_BYTES);
    rttNanos = session.linkRtt().map(rtt -> rtt.toNanos()).orElseGet(this::fastestCall);
  }

  private long fastestCall() {
    session.warn(
        "no emulated link: window.ceiling is computed with the fastest of "
            + PINGS
            + " empty calls, not with the round-trip time of a network");
    return session.setUp(this::fastestCall);
  }

  private long fastestCall(TargetDriver driver, OperationTrace trace) throws OperationException {
    long fastest = Long.MAX_VALUE;
    for (int i = 0; i < PINGS; i++) {
      long start = session.ticker().nanoTime();
      Rpcs.call(
          rpcs,
          rpcs.channel(),
          NetworkProbeGrpc.getCallMethod(),
          rpcs.callOptions(),
          ProbeRequest.getDefaultInstance(),
          trace);
      fastest = Math.min(fastest, session.ticker().nanoTime() - start);
    }
    return fastest;
  }

  @TearDown(Level.Trial)
  public void close() {
    session.close();
  }

  /** Opens the stream, and reads until it is as fast as it will be. */
  @Setup(Level.Iteration)
  public void begin() {
    startStream();
    session.setUp(
        (driver, trace) -> {
          read(2 * windowBytes);
          return null;
        });
    measuredFrames = 0;
  }

  private void startStream() {
    receiver = new FrameReceiver(rpcs, "Receive", data);
    // Without a deadline: the stream is to last, and each step of it has one.
    CallOptions options = rpcs.callOptions().withDeadline(null);
    call = rpcs.channel().newCall(NetworkProbeGrpc.getReceiveMethod(), options);
    receiver.start(call, new Metadata());
    call.sendMessage(
        ProbeStreamRequest.newBuilder().setSeed(session.seed()).setFrameBytes(FRAME_BYTES).build());
    call.halfClose();
    frames = 0;
  }

  private void read(long bytes) throws OperationException {
    frames += Math.max(1, bytes / FRAME_BYTES);
    receiver.awaitFrames(frames, rpcs.deadline().toNanos());
  }

  @TearDown(Level.Iteration)
  public void end() {
    call.cancel("the iteration is over", null);
    if (measuredFrames > 0) {
      double ceiling = windowBytes * NANOS_PER_SECOND / rttNanos;
      double bandwidth = measuredFrames * FRAME_BYTES * NANOS_PER_SECOND / (lastNanos - firstNanos);
      session.note(Quantity.WINDOW_RTT, rttNanos);
      session.note(Quantity.WINDOW_CEILING, ceiling);
      session.note(Quantity.WINDOW_SHARE, bandwidth / ceiling);
    }
  }

  @Benchmark
  public Outcome<Boolean> receive() {
    long bytes = ByteSize.parse(STEP).bytes();
    if (receiver.ended()) {
      startStream();
    }
    long start = session.ticker().nanoTime();
    Outcome<Boolean> outcome =
        session
            .target()
            .together(
                bytes,
                trace -> {
                  read(bytes);
                  return true;
                });
    if (outcome.succeeded()) {
      firstNanos = measuredFrames == 0 ? start : firstNanos;
      lastNanos = session.ticker().nanoTime();
      measuredFrames += bytes / FRAME_BYTES;
    }
    return outcome;
  }

  /** Runs just this benchmark. */
  public static void main(String[] args) {
    BenchmarkMain.run(FlowControlBenchmark.class, args);
  }
}
