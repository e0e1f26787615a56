package io.mooseng.bench.core.server.service;

import com.google.protobuf.ByteOutput;
import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The data of frames: their checksum on the wire, and their bytes without a copy.
 *
 * <p>The protocol leaves the form of a checksum open; here it is the CRC32C (RFC 3720, appendix
 * B.4) in four bytes, big-endian.
 */
final class Frames {

  private Frames() {}

  /** The form of a CRC32C on the wire. */
  static ByteString checksum(int crc32c) {
    byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(crc32c).array();
    return UnsafeByteOperations.unsafeWrap(bytes);
  }

  static int crcOf(ByteBuffer data) {
    CRC32C crc = new CRC32C();
    crc.update(data.duplicate());
    return (int) crc.getValue();
  }

  /** The bytes of {@code data} in one buffer, which must only be read. */
  static ByteBuffer buffer(ByteString data) {
    SinglePiece piece = new SinglePiece();
    try {
      UnsafeByteOperations.unsafeWriteTo(data, piece);
    } catch (IOException e) {
      throw new IllegalStateException("memory cannot fail", e);
    }
    return piece.pieces == 1 ? piece.buffer : data.asReadOnlyByteBuffer();
  }

  /** Takes the array or buffer behind a string that consists of one. */
  private static final class SinglePiece extends ByteOutput {
    private ByteBuffer buffer;
    private int pieces;

    private void take(ByteBuffer piece) {
      buffer = piece;
      pieces++;
    }

    @Override
    public void write(byte value) {
      take(ByteBuffer.wrap(new byte[] {value}));
    }

    @Override
    public void write(byte[] value, int offset, int length) {
      take(ByteBuffer.wrap(value, offset, length));
    }

    @Override
    public void writeLazy(byte[] value, int offset, int length) {
      take(ByteBuffer.wrap(value, offset, length));
    }

    @Override
    public void write(ByteBuffer value) {
      take(value.duplicate());
    }

    @Override
    public void writeLazy(ByteBuffer value) {
      take(value.duplicate());
    }
  }
}
