package io.mooseng.bench.core.server.chunk;

import io.mooseng.bench.core.wire.RunningCrc32c;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.CRC32C;

/** Computes the CRC32C of every block of a chunk, and of the whole, in one pass over its bytes. */
final class BlockChecksums {

  /** What one stored CRC32C covers. */
  static final int BLOCK_BYTES = 64 << 10;

  private final CRC32C block = new CRC32C();
  private int[] checksums;
  private int blocks;
  private int inBlock;
  private final RunningCrc32c whole = new RunningCrc32c();

  /**
   * @param size the bytes expected; more are possible
   */
  BlockChecksums(long size) {
    checksums = new int[blocksOf(size)];
  }

  static int blocksOf(long size) {
    return (int) ((size + BLOCK_BYTES - 1) / BLOCK_BYTES);
  }

  /** Adds the remaining bytes of {@code data}, which stays as it was. */
  void update(ByteBuffer data) {
    ByteBuffer rest = data.duplicate();
    int end = data.limit();
    while (rest.position() < end) {
      int length = Math.min(BLOCK_BYTES - inBlock, end - rest.position());
      rest.limit(rest.position() + length);
      block.update(rest);
      inBlock += length;
      if (inBlock == BLOCK_BYTES) {
        endBlock();
      }
    }
  }

  private void endBlock() {
    if (blocks == checksums.length) {
      checksums = Arrays.copyOf(checksums, blocks * 2 + 1);
    }
    int crc = (int) block.getValue();
    checksums[blocks++] = crc;
    whole.append(crc, inBlock);
    block.reset();
    inBlock = 0;
  }

  /** Ends the chunk and answers the checksums of its blocks. */
  int[] finish() {
    if (inBlock > 0) {
      endBlock();
    }
    return Arrays.copyOf(checksums, blocks);
  }

  /** The CRC32C of the whole chunk; after {@link #finish}. */
  int whole() {
    return whole.value();
  }
}
