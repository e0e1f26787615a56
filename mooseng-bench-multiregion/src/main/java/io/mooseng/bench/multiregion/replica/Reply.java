package io.mooseng.bench.multiregion.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.Status;
import io.mooseng.bench.core.server.namespace.NamespaceException;
import io.mooseng.bench.proto.MetadataUpdate;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the state machine answers to a command, as it crosses from the leader to the region that
 * asked: one byte that says whether it was refused, then the update, or the code and the reason.
 */
final class Reply {

  private static final byte DONE = 0;
  private static final byte REFUSED = 1;
  private static final int REFUSAL_HEADER_BYTES = 1 + Integer.BYTES;

  private Reply() {}

  static ByteBuffer done(MetadataUpdate update) {
    byte[] body = update.toByteArray();
    return ByteBuffer.allocate(1 + body.length).put(DONE).put(body).flip();
  }

  static ByteBuffer refused(NamespaceException refusal) {
    byte[] reason = refusal.getMessage().getBytes(StandardCharsets.UTF_8);
    return ByteBuffer.allocate(REFUSAL_HEADER_BYTES + reason.length)
        .put(REFUSED)
        .putInt(refusal.code().value())
        .put(reason)
        .flip();
  }

  /**
   * The update that was answered.
   *
   * @throws NamespaceException if it was a refusal
   * @throws IllegalArgumentException if it is no reply
   */
  static MetadataUpdate read(ByteBuffer reply) {
    if (reply.get() == REFUSED) {
      int code = reply.getInt();
      throw new NamespaceException(
          Status.fromCodeValue(code).getCode(), StandardCharsets.UTF_8.decode(reply).toString());
    }
    try {
      return MetadataUpdate.parseFrom(reply);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("not a reply: " + e.getMessage(), e);
    }
  }
}
