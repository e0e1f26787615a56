package io.mooseng.bench.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.target.grpc.GrpcDriver;
import io.mooseng.bench.core.target.grpc.GrpcOptions;
import io.mooseng.bench.proto.ProbeFrame;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A stream that is not what it should be fails, whatever else it did right. */
@Timeout(60)
class FrameReceiverTest {

  private static final ProbeData DATA = ProbeData.of(3, 1000);
  private static final long LONG = TimeUnit.SECONDS.toNanos(30);

  private MooseNgServer server;
  private GrpcDriver driver;
  private FrameReceiver receiver;

  @BeforeEach
  void start() throws Exception {
    server = MooseNgServer.start(ServerSettings.inMemory());
    driver = GrpcDriver.open("mooseng://" + server.address(), GrpcOptions.defaults());
    receiver = new FrameReceiver(driver.rpcs(), "Receive", DATA);
    receiver.start(new Silence(), new Metadata());
  }

  @AfterEach
  void stop() throws Exception {
    driver.close();
    server.close();
  }

  private void arrives(long number, ByteString data) {
    receiver.onMessage(ProbeFrame.newBuilder().setNumber(number).setData(data).build());
  }

  private OperationException failure() {
    return catchThrowableOfType(OperationException.class, () -> receiver.awaitEnd(2, LONG));
  }

  private void ends(Status status) {
    receiver.onClose(status, new Metadata());
  }

  @Test
  void allFramesInOrderAreRight() throws Exception {
    arrives(0, DATA.bytes());
    receiver.awaitFrames(1, LONG);
    assertThat(receiver.ended()).isFalse();
    arrives(1, DATA.bytes());
    ends(Status.OK);
    receiver.awaitEnd(2, LONG);
    assertThat(receiver.ended()).isTrue();
  }

  @Test
  void otherBytesAreCorrupt() {
    byte[] wrong = DATA.bytes().toByteArray();
    wrong[500] ^= 1;
    arrives(0, DATA.bytes());
    arrives(1, ByteString.copyFrom(wrong));
    ends(Status.OK);
    assertThat(failure().kind()).isEqualTo(FailureKind.CORRUPT);
    assertThat(failure()).hasMessageContaining("frame 1 holds other bytes");
  }

  @Test
  void anotherOrderIsCorrupt() {
    arrives(1, DATA.bytes());
    arrives(0, DATA.bytes());
    ends(Status.OK);
    assertThat(failure()).hasMessageContaining("frame 1 arrived as number 0");
  }

  @Test
  void aFrameTooFewIsCorrupt() {
    arrives(0, DATA.bytes());
    ends(Status.OK);
    assertThat(failure()).hasMessageContaining("1 frames arrived of 2");
  }

  @Test
  void aBadEndIsAFailureOfItsKind() {
    arrives(0, DATA.bytes());
    ends(Status.UNIMPLEMENTED);
    assertThat(failure().kind()).isEqualTo(FailureKind.UNIMPLEMENTED);
  }

  @Test
  void silenceIsATimeout() {
    OperationException timeout =
        catchThrowableOfType(OperationException.class, () -> receiver.awaitFrames(1, 1));
    assertThat(timeout.kind()).isEqualTo(FailureKind.TIMEOUT);
  }

  /** A call of which the test plays the other side. */
  private static final class Silence extends ClientCall<ProbeFrame, ProbeFrame> {

    @Override
    public void start(Listener<ProbeFrame> listener, Metadata headers) {}

    @Override
    public void request(int messages) {}

    @Override
    public void cancel(String message, Throwable cause) {}

    @Override
    public void halfClose() {}

    @Override
    public void sendMessage(ProbeFrame message) {}
  }
}
