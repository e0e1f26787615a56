package io.mooseng.bench.core.workload;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/** Bytes that are known without being held: what was written, or what a file should hold. */
public interface Content {

  /** In bytes. */
  long size();

  /**
   * A read-only view of the bytes from {@code offset}: {@code length}, or fewer where they are
   * contiguous in memory no further. Never empty while {@code offset < size()} and {@code length >
   * 0}.
   *
   * @throws IndexOutOfBoundsException if the offset is negative or beyond the size
   */
  ByteBuffer slice(long offset, int length);

  /**
   * CRC32C (RFC 3720, appendix B.4) of {@code length} bytes from {@code offset}; takes time in
   * proportion to {@code length}, and no memory.
   *
   * @throws IndexOutOfBoundsException if there are no such bytes
   */
  default int crc32c(long offset, long length) {
    requireWithin(offset, length, size());
    CRC32C crc = new CRC32C();
    long end = offset + length;
    for (long at = offset; at < end; ) {
      ByteBuffer slice = slice(at, (int) Math.min(Integer.MAX_VALUE, end - at));
      at += slice.remaining();
      crc.update(slice);
    }
    return (int) crc.getValue();
  }

  /**
   * A part of it.
   *
   * @param length in bytes, above 0
   */
  record Range(long offset, long length) {
    public long end() {
      return offset + length;
    }
  }

  /** Whether all of it is known, and that nothing follows; an implementation may say no. */
  default boolean isCertain() {
    return true;
  }

  /**
   * The parts that are known, in their order, in whole blocks: a change that broke off may have
   * left the block around it unreadable.
   *
   * @param blockBytes size of a block; the last one may be shorter
   */
  default List<Range> known(long blockBytes) {
    return size() == 0 ? List.of() : List.of(new Range(0, size()));
  }

  /** Refuses a range that is not within {@code size} bytes. */
  static void requireWithin(long offset, long length, long size) {
    if (offset < 0 || length < 0 || offset > size - length) {
      throw new IndexOutOfBoundsException(
          "%d bytes from %d are not within %d bytes".formatted(length, offset, size));
    }
  }
}
