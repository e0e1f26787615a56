package io.mooseng.bench.network;

import com.google.protobuf.ByteString;
import io.grpc.ClientCall;
import io.mooseng.bench.proto.ProbeFrame;

/**
 * Sends frames as fast as the connection takes them: what is under way is bounded by gRPC's send
 * buffer and the flow-control window. Called in the serial order of the call.
 */
final class FrameSender {

  private final ClientCall<ProbeFrame, ?> call;
  private final ByteString data;
  private final int frames;
  private int sent;

  FrameSender(ClientCall<ProbeFrame, ?> call, ByteString data, int frames) {
    this.call = call;
    this.data = data;
    this.frames = frames;
  }

  /** Sends what may be sent now; to be called when the call becomes ready. */
  void send() {
    while (sent < frames && call.isReady()) {
      call.sendMessage(ProbeFrame.newBuilder().setNumber(sent++).setData(data).build());
      if (sent == frames) {
        call.halfClose();
      }
    }
  }
}
