package io.mooseng.bench.core.wire;

import io.grpc.Detachable;
import io.grpc.HasByteBuffer;
import io.grpc.KnownLength;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of one received message, still in the transport's buffers where the transport allows
 * that; otherwise copied once.
 *
 * @param lender closing it gives the buffers back
 */
record BorrowedMessage(List<ByteBuffer> buffers, Closeable lender) {

  static BorrowedMessage of(InputStream message) throws IOException {
    if (message instanceof HasByteBuffer lending
        && lending.byteBufferSupported()
        && message instanceof Detachable detachable
        && message instanceof KnownLength
        && message.markSupported()) {
      return borrow(detachable.detach());
    }
    return new BorrowedMessage(List.of(ByteBuffer.wrap(message.readAllBytes())), () -> {});
  }

  private static BorrowedMessage borrow(InputStream message) throws IOException {
    List<ByteBuffer> buffers = new ArrayList<>();
    // Without a mark the transport releases each buffer as soon as it was skipped.
    message.mark(message.available());
    while (message.available() > 0) {
      ByteBuffer buffer = ((HasByteBuffer) message).getByteBuffer();
      buffers.add(buffer);
      message.skipNBytes(buffer.remaining());
    }
    return new BorrowedMessage(buffers, message);
  }
}
