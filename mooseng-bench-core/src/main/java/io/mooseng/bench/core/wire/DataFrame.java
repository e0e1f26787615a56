package io.mooseng.bench.core.wire;

import com.google.protobuf.ByteString;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.zip.CRC32C;

/**
 * A piece of a chunk on its way: what {@code ReadChunkResponse} and {@code WriteChunkData} hold.
 * The two messages have the same four fields.
 *
 * <p>A frame that arrived borrows the transport's buffers and must be closed by whoever received
 * it, once, when the bytes are no longer needed; until then any thread may read it. A frame made by
 * {@link #of} borrows the caller's buffer until it was sent, and closing it does nothing.
 */
public final class DataFrame implements Closeable {

  private static final Closeable NOTHING = () -> {};

  private final List<ByteBuffer> pieces;
  private final int length;
  private final long offset;
  private final boolean last;
  private final ByteString checksum;
  private final Closeable lender;

  private DataFrame(
      List<ByteBuffer> pieces, long offset, boolean last, ByteString checksum, Closeable lender) {
    this.pieces = pieces;
    this.length = pieces.stream().mapToInt(ByteBuffer::remaining).sum();
    this.offset = offset;
    this.last = last;
    this.checksum = Objects.requireNonNull(checksum);
    this.lender = lender;
  }

  /**
   * A frame to be sent.
   *
   * @param payload its remaining bytes are the data; neither copied nor moved
   * @param offset where the data belongs in the chunk, in bytes
   * @param last whether the transfer ends here
   * @param checksum see {@link Crc32c#encode}; empty for none
   */
  public static DataFrame of(ByteBuffer payload, long offset, boolean last, ByteString checksum) {
    return new DataFrame(List.of(payload.duplicate()), offset, last, checksum, NOTHING);
  }

  static DataFrame borrowed(
      List<ByteBuffer> pieces, long offset, boolean last, ByteString checksum, Closeable lender) {
    return new DataFrame(pieces, offset, last, checksum, lender);
  }

  /** Bytes of data in this frame. */
  public int length() {
    return length;
  }

  public long offset() {
    return offset;
  }

  public boolean last() {
    return last;
  }

  /** The checksum field as it travels; empty if the sender gave none. */
  public ByteString checksum() {
    return checksum;
  }

  /** The data in order, in buffers whose positions are the caller's to move. */
  public List<ByteBuffer> buffers() {
    return pieces.size() == 1
        ? List.of(pieces.get(0).duplicate())
        : pieces.stream().map(ByteBuffer::duplicate).toList();
  }

  /** Hands out the data in order, in buffers that are the consumer's to move during the call. */
  public void forEachBuffer(Consumer<ByteBuffer> consumer) {
    for (ByteBuffer piece : pieces) {
      consumer.accept(piece.duplicate());
    }
  }

  /** The CRC32C of the data, computed by this call. */
  public int crc32c() {
    CRC32C crc = new CRC32C();
    forEachBuffer(crc::update);
    return (int) crc.getValue();
  }

  @Override
  public void close() {
    try {
      lender.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
