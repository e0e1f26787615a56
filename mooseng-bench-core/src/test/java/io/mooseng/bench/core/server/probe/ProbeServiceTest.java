package io.mooseng.bench.core.server.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.wire.ProbeContent;
import io.mooseng.bench.proto.NetworkProbeGrpc;
import io.mooseng.bench.proto.ProbeAnswer;
import io.mooseng.bench.proto.ProbeEvent;
import io.mooseng.bench.proto.ProbeFrame;
import io.mooseng.bench.proto.ProbeHold;
import io.mooseng.bench.proto.ProbeRequest;
import io.mooseng.bench.proto.ProbeStreamRequest;
import io.mooseng.bench.proto.ProbeSummary;
import java.util.Iterator;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ProbeServiceTest {

  private static final long SEED = 42;

  private MooseNgServer server;
  private ManagedChannel channel;
  private NetworkProbeGrpc.NetworkProbeBlockingStub stub;

  @BeforeEach
  void start() throws Exception {
    server = MooseNgServer.start(ServerSettings.inMemory());
    channel =
        NettyChannelBuilder.forTarget(server.address(), InsecureChannelCredentials.create())
            .maxInboundMessageSize(8 << 20)
            .build();
    stub = NetworkProbeGrpc.newBlockingStub(channel);
  }

  @AfterEach
  void stop() throws Exception {
    channel.shutdownNow();
    server.close();
  }

  private static int crc(ByteString bytes) {
    CRC32C crc = new CRC32C();
    crc.update(bytes.asReadOnlyByteBuffer());
    return (int) crc.getValue();
  }

  @Test
  void aCallCarriesBytesBothWays() {
    ByteString sent = ProbeContent.of(7, 1000).first(1000);
    ProbeAnswer answer =
        stub.call(
            ProbeRequest.newBuilder()
                .setPayload(sent)
                .setSeed(SEED)
                .setAnswerBytes(ProbeContent.MOST_BYTES)
                .build());
    assertThat(answer.getReceivedBytes()).isEqualTo(1000);
    assertThat(answer.getReceivedCrc32C()).isEqualTo(crc(sent));
    assertThat(answer.getPayload())
        .isEqualTo(ProbeContent.of(SEED, ProbeContent.MOST_BYTES).first(ProbeContent.MOST_BYTES));
  }

  @Test
  void anEmptyCallIsOne() {
    ProbeAnswer answer = stub.call(ProbeRequest.getDefaultInstance());
    assertThat(answer.getPayload()).isEmpty();
    assertThat(answer.getReceivedBytes()).isZero();
  }

  @Test
  void moreThanAMessageHoldsIsRefused() {
    ProbeRequest request =
        ProbeRequest.newBuilder().setAnswerBytes(ProbeContent.MOST_BYTES + 1).build();
    assertThatThrownBy(() -> stub.call(request))
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("INVALID_ARGUMENT")
        .hasMessageContaining("accepted");
  }

  @Test
  void aStreamHasTheFramesThatWereAskedFor() {
    Iterator<ProbeFrame> frames =
        stub.receive(
            ProbeStreamRequest.newBuilder()
                .setSeed(SEED)
                .setFrameBytes(100_000)
                .setFrames(50)
                .build());
    ByteString expected = ProbeContent.of(SEED, 100_000).first(100_000);
    for (int number = 0; number < 50; number++) {
      ProbeFrame frame = frames.next();
      assertThat(frame.getNumber()).isEqualTo(number);
      assertThat(frame.getData()).isEqualTo(expected);
    }
    assertThat(frames.hasNext()).isFalse();
  }

  @Test
  void framesWithoutBytesAreRefused() {
    assertThatThrownBy(() -> stub.receive(ProbeStreamRequest.getDefaultInstance()).hasNext())
        .isInstanceOf(StatusRuntimeException.class)
        .hasMessageContaining("1 B or more");
  }

  @Test
  void whatWasSentIsSummedUp() throws InterruptedException {
    Recorded<ProbeSummary> answers = new Recorded<>();
    ClientCall<ProbeFrame, ProbeSummary> call =
        channel.newCall(NetworkProbeGrpc.getSendMethod(), CallOptions.DEFAULT);
    call.start(answers, new Metadata());
    call.request(2);
    ByteString data = ProbeContent.of(SEED, 5_000).first(5_000);
    for (int number = 0; number < 3; number++) {
      call.sendMessage(ProbeFrame.newBuilder().setNumber(number).setData(data).build());
    }
    call.halfClose();
    ProbeSummary summary = answers.messages.take();
    assertThat(summary.getFrames()).isEqualTo(3);
    assertThat(summary.getBytes()).isEqualTo(15_000);
    assertThat(summary.getCrc32C()).isEqualTo(crc(data.concat(data).concat(data)));
    assertThat(answers.ends.take().isOk()).isTrue();
  }

  @Test
  void anEchoReturnsEveryFrameInOrder() throws InterruptedException {
    Recorded<ProbeFrame> answers = new Recorded<>();
    ClientCall<ProbeFrame, ProbeFrame> call =
        channel.newCall(NetworkProbeGrpc.getEchoMethod(), CallOptions.DEFAULT);
    call.start(answers, new Metadata());
    call.request(Integer.MAX_VALUE);
    ByteString data = ProbeContent.of(SEED, 100_000).first(100_000);
    for (int number = 0; number < 100; number++) {
      call.sendMessage(ProbeFrame.newBuilder().setNumber(number).setData(data).build());
    }
    call.halfClose();
    for (int number = 0; number < 100; number++) {
      ProbeFrame frame = answers.messages.take();
      assertThat(frame.getNumber()).isEqualTo(number);
      assertThat(frame.getData()).isEqualTo(data);
    }
    assertThat(answers.ends.take().isOk()).isTrue();
  }

  @Test
  void aWatcherHearsOfTheEndOfAHeldCall() throws InterruptedException {
    ProbeHold number = ProbeHold.newBuilder().setId(9).build();
    Recorded<ProbeEvent> watched = new Recorded<>();
    ClientCall<ProbeHold, ProbeEvent> watch = start(watched, number, true);
    watched.messages.take();
    Recorded<ProbeEvent> held = new Recorded<>();
    ClientCall<ProbeHold, ProbeEvent> hold = start(held, number, false);
    held.messages.take();
    assertThat(watched.ends).isEmpty();
    hold.cancel("given up", null);
    assertThat(watched.ends.take().isOk()).isTrue();
    assertThat(held.ends.take().getCode()).isEqualTo(Status.Code.CANCELLED);
    watch.cancel("over", null);
  }

  @Test
  void aNumberHasOneWatcher() throws InterruptedException {
    ProbeHold number = ProbeHold.newBuilder().setId(9).build();
    Recorded<ProbeEvent> first = new Recorded<>();
    ClientCall<ProbeHold, ProbeEvent> watch = start(first, number, true);
    first.messages.take();
    Recorded<ProbeEvent> second = new Recorded<>();
    start(second, number, true);
    assertThat(second.ends.take().getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
    watch.cancel("over", null);
  }

  private ClientCall<ProbeHold, ProbeEvent> start(
      Recorded<ProbeEvent> listener, ProbeHold number, boolean watch) {
    ClientCall<ProbeHold, ProbeEvent> call =
        channel.newCall(
            watch ? NetworkProbeGrpc.getWatchMethod() : NetworkProbeGrpc.getHoldMethod(),
            CallOptions.DEFAULT);
    call.start(listener, new Metadata());
    call.request(10);
    call.sendMessage(number);
    call.halfClose();
    return call;
  }

  /** What a call answered. */
  private static final class Recorded<T> extends ClientCall.Listener<T> {

    private final BlockingQueue<T> messages = new LinkedBlockingQueue<>();
    private final BlockingQueue<Status> ends = new LinkedBlockingQueue<>();

    @Override
    public void onMessage(T message) {
      messages.add(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      ends.add(status);
    }
  }
}
