package io.mooseng.bench.core.wire;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;
import io.grpc.MethodDescriptor;
import io.mooseng.bench.proto.WriteChunkHeader;
import io.mooseng.bench.proto.WriteChunkRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** {@link WriteMessage} in the encoding of {@code WriteChunkRequest}. Stateless. */
final class WriteMessageMarshaller implements MethodDescriptor.Marshaller<WriteMessage> {

  private static final int HEADER_TAG =
      FrameCodec.tag(WriteChunkRequest.HEADER_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int DATA_TAG =
      FrameCodec.tag(WriteChunkRequest.DATA_FIELD_NUMBER, WireFormat.WIRETYPE_LENGTH_DELIMITED);

  @Override
  public InputStream stream(WriteMessage message) {
    if (message instanceof WriteMessage.Data data) {
      return encode(data.frame());
    }
    WriteChunkRequest.Builder request = WriteChunkRequest.newBuilder();
    if (message instanceof WriteMessage.Header header) {
      request.setHeader(header.header());
    }
    return new ByteArrayInputStream(request.build().toByteArray());
  }

  private static InputStream encode(DataFrame frame) {
    byte[] head = FrameCodec.head(frame);
    byte[] tail = FrameCodec.tail(frame);
    int inner = head.length + frame.length() + tail.length;
    byte[] outerHead =
        FrameCodec.encode(
            CodedOutputStream.computeTagSize(WriteChunkRequest.DATA_FIELD_NUMBER)
                + CodedOutputStream.computeUInt32SizeNoTag(inner)
                + head.length,
            out -> {
              out.writeUInt32NoTag(DATA_TAG);
              out.writeUInt32NoTag(inner);
              out.writeRawBytes(head);
            });
    return new EncodedFrame(outerHead, frame, tail);
  }

  @Override
  public WriteMessage parse(InputStream stream) {
    return FrameMarshaller.parse(stream, WriteMessageMarshaller::parse);
  }

  /**
   * The oneof rules of protobuf: the case that comes last counts, and parts of the same case are
   * merged, which is the same as parsing their bytes one after the other.
   */
  private static WriteMessage parse(BorrowedMessage message) throws IOException {
    BufferCursor cursor = new BufferCursor(message.buffers());
    int oneof = 0;
    List<ByteBuffer> content = new ArrayList<>();
    for (int tag = cursor.readTag(); tag != 0; tag = cursor.readTag()) {
      if (tag != HEADER_TAG && tag != DATA_TAG) {
        cursor.skip(tag);
        continue;
      }
      if (tag != oneof) {
        content.clear();
      }
      oneof = tag;
      content.addAll(cursor.readBytes());
    }
    if (oneof == DATA_TAG) {
      return new WriteMessage.Data(FrameCodec.parse(new BufferCursor(content), message.lender()));
    }
    WriteMessage result =
        oneof == HEADER_TAG
            ? new WriteMessage.Header(
                WriteChunkHeader.parseFrom(CodedInputStream.newInstance(content)))
            : new WriteMessage.Unset();
    message.lender().close();
    return result;
  }
}
