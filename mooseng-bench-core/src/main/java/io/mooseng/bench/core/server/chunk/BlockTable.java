package io.mooseng.bench.core.server.chunk;

import io.mooseng.bench.core.wire.RunningCrc32c;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The CRC32C of every block of a chunk that can be changed in place. Guarded by the lock of its
 * chunk.
 *
 * <p>It covers the bytes up to {@link #extent}. Those beyond the size of the chunk are of writes
 * that were not committed.
 */
final class BlockTable {

  /** The stored bytes of a chunk. */
  @FunctionalInterface
  interface Bytes {
    /** The bytes asked for, which lie within one block; valid until the next call. */
    ByteBuffer read(long offset, int length) throws IOException;
  }

  private final long chunkId;
  private int[] checksums;
  private long extent;

  /**
   * @param checksums of every block up to {@code extent}; now owned by the table
   */
  BlockTable(long chunkId, int[] checksums, long extent) {
    this.chunkId = chunkId;
    this.checksums = checksums;
    this.extent = extent;
  }

  long extent() {
    return extent;
  }

  int checksum(int block) {
    return block < checksums.length ? checksums[block] : 0;
  }

  static long startOf(int block) {
    return (long) block * BlockChecksums.BLOCK_BYTES;
  }

  private int lengthOf(int block) {
    return (int) Math.min(BlockChecksums.BLOCK_BYTES, extent - startOf(block));
  }

  /** Verifies the bytes of a block, all of them up to the extent; the position does not move. */
  void verify(int block, ByteBuffer bytes) throws CorruptChunkException {
    CRC32C crc = new CRC32C();
    crc.update(bytes.duplicate());
    if ((int) crc.getValue() != checksum(block)) {
      throw new CorruptChunkException(
          chunkId, startOf(block), bytes.remaining(), "the CRC32C does not match");
    }
  }

  /**
   * The checksums of the blocks that {@code data} touches, as they are once it lies at {@code
   * offset}. A block that is covered in part is read and verified first: damage is found, and not
   * made good by a new checksum.
   *
   * @param offset at most the extent
   * @param data not empty; its position does not move
   */
  int[] with(long offset, ByteBuffer data, Bytes stored) throws IOException {
    long end = offset + data.remaining();
    int first = (int) (offset / BlockChecksums.BLOCK_BYTES);
    int[] changed = new int[BlockChecksums.blocksOf(end) - first];
    CRC32C crc = new CRC32C();
    for (int i = 0; i < changed.length; i++) {
      int block = first + i;
      long start = startOf(block);
      long from = Math.max(offset, start);
      long to = Math.min(end, start + BlockChecksums.BLOCK_BYTES);
      int length = Math.max(0, lengthOf(block));
      boolean inPart = from > start || to < start + length;
      ByteBuffer old = inPart ? stored.read(start, length) : ByteBuffer.allocate(0);
      if (inPart) {
        verify(block, old);
      }
      crc.reset();
      crc.update(old.slice(0, (int) (from - start)));
      crc.update(data.slice(data.position() + (int) (from - offset), (int) (to - from)));
      int rest = (int) (to - start);
      if (rest < old.remaining()) {
        crc.update(old.slice(rest, old.remaining() - rest));
      }
      changed[i] = (int) crc.getValue();
    }
    return changed;
  }

  /** Takes over what {@link #with} answered; the data lies at its place now. */
  void install(long offset, long end, int[] changed) {
    int first = (int) (offset / BlockChecksums.BLOCK_BYTES);
    if (first + changed.length > checksums.length) {
      int twice =
          Math.min(2 * checksums.length, BlockChecksums.blocksOf(ChunkStore.MAX_CHUNK_BYTES));
      checksums = Arrays.copyOf(checksums, Math.max(first + changed.length, twice));
    }
    System.arraycopy(changed, 0, checksums, first, changed.length);
    extent = Math.max(extent, end);
  }

  /**
   * Gives up what lies beyond {@code size}.
   *
   * @return whether there was something
   */
  boolean trim(long size, Bytes stored) throws IOException {
    if (extent == size) {
      return false;
    }
    int last = BlockChecksums.blocksOf(size) - 1;
    if (last >= 0) {
      int length = (int) (size - startOf(last));
      checksums[last] = length == lengthOf(last) ? checksums[last] : partOf(last, length, stored);
    }
    extent = size;
    return true;
  }

  /** The CRC32C of the first {@code size} bytes, from those of the blocks. */
  int whole(long size, Bytes stored) throws IOException {
    RunningCrc32c whole = new RunningCrc32c();
    for (int block = 0; block < BlockChecksums.blocksOf(size); block++) {
      int length = (int) Math.min(BlockChecksums.BLOCK_BYTES, size - startOf(block));
      whole.append(
          length == lengthOf(block) ? checksum(block) : partOf(block, length, stored), length);
    }
    return whole.value();
  }

  /** Of a block whose other bytes were not committed. */
  private int partOf(int block, int length, Bytes stored) throws IOException {
    ByteBuffer bytes = stored.read(startOf(block), lengthOf(block));
    verify(block, bytes);
    CRC32C crc = new CRC32C();
    crc.update(bytes.slice(0, length));
    return (int) crc.getValue();
  }
}
