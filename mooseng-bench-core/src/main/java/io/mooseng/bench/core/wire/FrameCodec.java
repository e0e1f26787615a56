package io.mooseng.bench.core.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The four fields of {@code ReadChunkResponse} and {@code WriteChunkData}: 1 data, 2 offset, 3
 * is_last, 4 checksum. Proto3: a field with its default value is not sent; unknown fields are
 * skipped.
 */
final class FrameCodec {

  private static final int DATA = 1;
  private static final int OFFSET = 2;
  private static final int LAST = 3;
  private static final int CHECKSUM = 4;

  private static final int DATA_TAG = tag(DATA, WireFormat.WIRETYPE_LENGTH_DELIMITED);
  private static final int OFFSET_TAG = tag(OFFSET, WireFormat.WIRETYPE_VARINT);
  private static final int LAST_TAG = tag(LAST, WireFormat.WIRETYPE_VARINT);
  private static final int CHECKSUM_TAG = tag(CHECKSUM, WireFormat.WIRETYPE_LENGTH_DELIMITED);

  private FrameCodec() {}

  static int tag(int field, int wireType) {
    return field << 3 | wireType;
  }

  /** The bytes between the start of the message and its data. */
  static byte[] head(DataFrame frame) {
    if (frame.length() == 0) {
      return new byte[0];
    }
    return encode(
        CodedOutputStream.computeTagSize(DATA)
            + CodedOutputStream.computeUInt32SizeNoTag(frame.length()),
        out -> {
          out.writeUInt32NoTag(DATA_TAG);
          out.writeUInt32NoTag(frame.length());
        });
  }

  /** The bytes after the data. */
  static byte[] tail(DataFrame frame) {
    int size =
        frame.offset() == 0 ? 0 : CodedOutputStream.computeUInt64Size(OFFSET, frame.offset());
    size += frame.last() ? CodedOutputStream.computeBoolSize(LAST, true) : 0;
    ByteString checksum = frame.checksum();
    size += checksum.isEmpty() ? 0 : CodedOutputStream.computeBytesSize(CHECKSUM, checksum);
    return encode(
        size,
        out -> {
          if (frame.offset() != 0) {
            out.writeUInt64(OFFSET, frame.offset());
          }
          if (frame.last()) {
            out.writeBool(LAST, true);
          }
          if (!checksum.isEmpty()) {
            out.writeBytes(CHECKSUM, checksum);
          }
        });
  }

  /** Writes fields into an array of exactly {@code size} bytes. */
  static byte[] encode(int size, Fields fields) {
    byte[] bytes = new byte[size];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    try {
      fields.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException("a size was computed wrongly", e);
    }
    out.checkNoSpaceLeft();
    return bytes;
  }

  /** Writes some fields. */
  interface Fields {
    void writeTo(CodedOutputStream out) throws IOException;
  }

  /** Reads a frame from its encoding; where a field occurs twice, the last one counts. */
  static DataFrame parse(BufferCursor cursor, Closeable lender)
      throws InvalidProtocolBufferException {
    List<ByteBuffer> data = List.of();
    long offset = 0;
    boolean last = false;
    ByteString checksum = ByteString.EMPTY;
    for (int tag = cursor.readTag(); tag != 0; tag = cursor.readTag()) {
      if (tag == DATA_TAG) {
        data = cursor.readBytes();
      } else if (tag == OFFSET_TAG) {
        offset = cursor.readVarint();
      } else if (tag == LAST_TAG) {
        last = cursor.readVarint() != 0;
      } else if (tag == CHECKSUM_TAG) {
        checksum = cursor.readSmallBytes();
      } else {
        cursor.skip(tag);
      }
    }
    return DataFrame.borrowed(data, offset, last, checksum, lender);
  }
}
