package io.mooseng.bench.core.server.probe;

import com.google.protobuf.ByteString;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.wire.ProbeContent;
import io.mooseng.bench.proto.NetworkProbeGrpc;
import io.mooseng.bench.proto.ProbeAnswer;
import io.mooseng.bench.proto.ProbeEvent;
import io.mooseng.bench.proto.ProbeFrame;
import io.mooseng.bench.proto.ProbeHold;
import io.mooseng.bench.proto.ProbeRequest;
import io.mooseng.bench.proto.ProbeStreamRequest;
import io.mooseng.bench.proto.ProbeSummary;
import java.util.concurrent.atomic.AtomicReference;
import java.util.zip.CRC32C;

/**
 * NetworkProbe: takes, gives and returns bytes, and stores none.
 *
 * <p>The checksum of what arrives is computed before it is answered, so that no call succeeds whose
 * bytes were not looked at; it is part of the time of the call. No more than gRPC's own send buffer
 * is held for a client that is slow to read. Safe for any number of calls at once; none blocks.
 */
public final class ProbeService extends NetworkProbeGrpc.NetworkProbeImplBase {

  private final AtomicReference<ProbeContent> latest = new AtomicReference<>(ProbeContent.of(0, 0));

  private final Watches watches = new Watches();

  @Override
  public void call(ProbeRequest request, StreamObserver<ProbeAnswer> observer) {
    try {
      observer.onNext(
          ProbeAnswer.newBuilder()
              .setPayload(content(request.getSeed(), request.getAnswerBytes()))
              .setReceivedBytes(request.getPayload().size())
              .setReceivedCrc32C(crc32c(new CRC32C(), request.getPayload()))
              .build());
      observer.onCompleted();
    } catch (IllegalArgumentException e) {
      observer.onError(invalid(e));
    }
  }

  /** The clients of a run use one seed: the content of the latest one is kept. */
  private ByteString content(long seed, int length) {
    ProbeContent known = latest.get();
    if (!known.covers(seed, length)) {
      known = ProbeContent.of(seed, length);
      latest.set(known);
    }
    return known.first(length);
  }

  private static int crc32c(CRC32C crc, ByteString data) {
    data.asReadOnlyByteBufferList().forEach(crc::update);
    return (int) crc.getValue();
  }

  private static StatusRuntimeException invalid(IllegalArgumentException e) {
    return Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException();
  }

  @Override
  public void receive(ProbeStreamRequest request, StreamObserver<ProbeFrame> observer) {
    ServerCallStreamObserver<ProbeFrame> call = (ServerCallStreamObserver<ProbeFrame>) observer;
    try {
      ByteString data = content(request.getSeed(), request.getFrameBytes());
      if (data.isEmpty()) {
        throw new IllegalArgumentException("frames of 0 B; accepted: 1 B or more");
      }
      call.setOnReadyThreshold(2 * data.size());
      call.setOnCancelHandler(() -> {});
      call.setOnReadyHandler(new Sender(call, data, request.getFrames())::send);
    } catch (IllegalArgumentException e) {
      observer.onError(invalid(e));
    }
  }

  /** Sends frames while the connection takes them; called in the serial order of its call. */
  private static final class Sender {

    private final ServerCallStreamObserver<ProbeFrame> call;
    private final ByteString data;
    private final long frames;
    private long sent;
    private boolean ended;

    Sender(ServerCallStreamObserver<ProbeFrame> call, ByteString data, long frames) {
      this.call = call;
      this.data = data;
      this.frames = frames;
    }

    void send() {
      while (!ended && call.isReady()) {
        call.onNext(ProbeFrame.newBuilder().setNumber(sent++).setData(data).build());
        if (sent == frames) {
          ended = true;
          call.onCompleted();
        }
      }
    }
  }

  @Override
  public StreamObserver<ProbeFrame> send(StreamObserver<ProbeSummary> observer) {
    return new StreamObserver<>() {
      private final CRC32C crc = new CRC32C();
      private long frames;
      private long bytes;

      @Override
      public void onNext(ProbeFrame frame) {
        frames++;
        bytes += frame.getData().size();
        crc32c(crc, frame.getData());
      }

      @Override
      public void onError(Throwable failure) {
        // The client gave it up: there is nobody to tell.
      }

      @Override
      public void onCompleted() {
        observer.onNext(
            ProbeSummary.newBuilder()
                .setFrames(frames)
                .setBytes(bytes)
                .setCrc32C((int) crc.getValue())
                .build());
        observer.onCompleted();
      }
    };
  }

  @Override
  public StreamObserver<ProbeFrame> echo(StreamObserver<ProbeFrame> observer) {
    ServerCallStreamObserver<ProbeFrame> call = (ServerCallStreamObserver<ProbeFrame>) observer;
    call.disableAutoRequest();
    call.setOnCancelHandler(() -> {});
    Echo echo = new Echo(call);
    call.setOnReadyHandler(echo::ready);
    call.request(1);
    return echo;
  }

  /** Takes a frame only when the one before is on its way back. */
  private static final class Echo implements StreamObserver<ProbeFrame> {

    private final ServerCallStreamObserver<ProbeFrame> call;
    private boolean waiting;

    Echo(ServerCallStreamObserver<ProbeFrame> call) {
      this.call = call;
    }

    @Override
    public void onNext(ProbeFrame frame) {
      call.onNext(frame);
      if (call.isReady()) {
        call.request(1);
      } else {
        waiting = true;
      }
    }

    void ready() {
      if (waiting) {
        waiting = false;
        call.request(1);
      }
    }

    @Override
    public void onError(Throwable failure) {
      // The client gave it up: there is nobody to tell.
    }

    @Override
    public void onCompleted() {
      call.onCompleted();
    }
  }

  @Override
  public void hold(ProbeHold request, StreamObserver<ProbeEvent> observer) {
    ServerCallStreamObserver<ProbeEvent> call = (ServerCallStreamObserver<ProbeEvent>) observer;
    call.setOnCancelHandler(() -> watches.release(request.getId()));
    observer.onNext(ProbeEvent.getDefaultInstance());
  }

  @Override
  public void watch(ProbeHold request, StreamObserver<ProbeEvent> observer) {
    ServerCallStreamObserver<ProbeEvent> call = (ServerCallStreamObserver<ProbeEvent>) observer;
    long id = request.getId();
    if (!watches.add(id, observer::onCompleted)) {
      observer.onError(
          Status.RESOURCE_EXHAUSTED
              .withDescription("number " + id + " is watched already, or too many are")
              .asRuntimeException());
      return;
    }
    call.setOnCancelHandler(() -> watches.remove(id));
    observer.onNext(ProbeEvent.getDefaultInstance());
  }
}
