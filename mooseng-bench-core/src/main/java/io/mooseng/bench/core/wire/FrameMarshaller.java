package io.mooseng.bench.core.wire;

import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.IOException;
import java.io.InputStream;

/** {@link DataFrame} in the encoding of {@code ReadChunkResponse}. Stateless. */
final class FrameMarshaller implements MethodDescriptor.Marshaller<DataFrame> {

  @Override
  public InputStream stream(DataFrame frame) {
    return new EncodedFrame(FrameCodec.head(frame), frame, FrameCodec.tail(frame));
  }

  @Override
  public DataFrame parse(InputStream stream) {
    return parse(
        stream, message -> FrameCodec.parse(new BufferCursor(message.buffers()), message.lender()));
  }

  /** Parses, and gives the buffers back if that fails. */
  static <T> T parse(InputStream stream, Parser<T> parser) {
    BorrowedMessage message = null;
    try {
      message = BorrowedMessage.of(stream);
      return parser.parse(message);
    } catch (IOException e) {
      release(message, e);
      // The status the generated marshallers give for the same defect.
      throw Status.INTERNAL
          .withDescription("Invalid protobuf byte sequence: " + e.getMessage())
          .withCause(e)
          .asRuntimeException();
    }
  }

  private static void release(BorrowedMessage message, IOException failure) {
    if (message == null) {
      return;
    }
    try {
      message.lender().close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  /** Makes a message of its bytes. */
  interface Parser<T> {
    T parse(BorrowedMessage message) throws IOException;
  }
}
