package io.mooseng.bench.core.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the protobuf encoding from a sequence of buffers, handing out byte fields as views.
 *
 * <p>The buffers' own positions are moved. Used by one thread.
 */
final class BufferCursor {

  /** As deep as {@code CodedInputStream} follows groups. */
  private static final int MAX_GROUP_DEPTH = 100;

  private static final int MAX_VARINT_BYTES = 10;

  private final List<ByteBuffer> buffers;
  private int current;
  private long remaining;

  BufferCursor(List<ByteBuffer> buffers) {
    this.buffers = buffers;
    for (ByteBuffer buffer : buffers) {
      remaining += buffer.remaining();
    }
  }

  /** The next field's tag, or 0 at the end. */
  int readTag() throws InvalidProtocolBufferException {
    if (remaining == 0) {
      return 0;
    }
    int tag = (int) readVarint();
    if (WireFormat.getTagFieldNumber(tag) == 0) {
      throw new InvalidProtocolBufferException("a field with number 0");
    }
    return tag;
  }

  long readVarint() throws InvalidProtocolBufferException {
    long value = 0;
    for (int i = 0; i < MAX_VARINT_BYTES; i++) {
      byte b = readByte();
      value |= (long) (b & 0x7F) << (7 * i);
      if (b >= 0) {
        return value;
      }
    }
    throw new InvalidProtocolBufferException("a varint longer than 10 bytes");
  }

  /** Views of the bytes of a length-delimited field, its length prefix included in what is read. */
  List<ByteBuffer> readBytes() throws InvalidProtocolBufferException {
    return take(readVarint());
  }

  /** A copy of a length-delimited field, for fields of a few bytes. */
  ByteString readSmallBytes() throws InvalidProtocolBufferException {
    ByteString value = ByteString.EMPTY;
    for (ByteBuffer piece : readBytes()) {
      value = value.concat(ByteString.copyFrom(piece));
    }
    return value;
  }

  /** Skips the field whose tag was just read. */
  void skip(int tag) throws InvalidProtocolBufferException {
    skip(tag, 0);
  }

  private void skip(int tag, int depth) throws InvalidProtocolBufferException {
    switch (WireFormat.getTagWireType(tag)) {
      case WireFormat.WIRETYPE_VARINT -> readVarint();
      case WireFormat.WIRETYPE_FIXED64 -> take(Long.BYTES);
      case WireFormat.WIRETYPE_LENGTH_DELIMITED -> readBytes();
      case WireFormat.WIRETYPE_FIXED32 -> take(Integer.BYTES);
      case WireFormat.WIRETYPE_START_GROUP -> skipGroup(tag, depth + 1);
      default -> throw new InvalidProtocolBufferException("a field of unknown wire type");
    }
  }

  private void skipGroup(int startTag, int depth) throws InvalidProtocolBufferException {
    if (depth > MAX_GROUP_DEPTH) {
      throw new InvalidProtocolBufferException("groups nested too deeply");
    }
    int end = (startTag & ~7) | WireFormat.WIRETYPE_END_GROUP;
    for (int tag = readTag(); tag != end; tag = readTag()) {
      if (tag == 0) {
        throw truncated();
      }
      skip(tag, depth);
    }
  }

  private byte readByte() throws InvalidProtocolBufferException {
    while (current < buffers.size()) {
      ByteBuffer buffer = buffers.get(current);
      if (buffer.hasRemaining()) {
        remaining--;
        return buffer.get();
      }
      current++;
    }
    throw truncated();
  }

  private List<ByteBuffer> take(long length) throws InvalidProtocolBufferException {
    if (length < 0 || length > remaining) {
      throw truncated();
    }
    List<ByteBuffer> views = new ArrayList<>();
    for (int left = (int) length; left > 0; ) {
      ByteBuffer buffer = buffers.get(current);
      int take = Math.min(left, buffer.remaining());
      if (take == 0) {
        current++;
        continue;
      }
      views.add(buffer.slice(buffer.position(), take));
      buffer.position(buffer.position() + take);
      left -= take;
      remaining -= take;
    }
    return views;
  }

  private static InvalidProtocolBufferException truncated() {
    return new InvalidProtocolBufferException("the message ends inside a field");
  }
}
