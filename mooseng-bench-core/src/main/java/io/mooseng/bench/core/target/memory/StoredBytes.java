package io.mooseng.bench.core.target.memory;

import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.workload.Payload;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A copy of the bytes of one file, in blocks of the size of a payload's. Changed by one thread at a
 * time, read without a lock: who reads while it is changed may get old and new bytes.
 */
final class StoredBytes {

  private static final int BLOCK_BYTES = Payload.BLOCK_BYTES;

  /** The last may be larger than what it holds. Written before the size, so read after it. */
  private volatile byte[][] blocks = new byte[0][];

  private volatile long size;

  long size() {
    return size;
  }

  /** Adds a copy of {@code payload} at the end. */
  synchronized void append(Payload payload) {
    if (payload.size() == 0) {
      return;
    }
    long end = size + payload.size();
    byte[][] longer = Arrays.copyOf(blocks, Math.toIntExact((end + BLOCK_BYTES - 1) / BLOCK_BYTES));
    int last = blocks.length - 1;
    if (last >= 0) {
      longer[last] = withRoom(longer[last], end - (long) last * BLOCK_BYTES);
    }
    for (int i = blocks.length; i < longer.length; i++) {
      longer[i] = new byte[(int) Math.min(BLOCK_BYTES, end - (long) i * BLOCK_BYTES)];
    }
    copy(payload, size, longer);
    blocks = longer;
    size = end;
  }

  /** Grows by at least as much as there is, so that who appends often does not copy often. */
  private static byte[] withRoom(byte[] block, long bytes) {
    if (block.length >= Math.min(BLOCK_BYTES, bytes)) {
      return block;
    }
    return Arrays.copyOf(block, (int) Math.min(BLOCK_BYTES, Math.max(bytes, 2L * block.length)));
  }

  /** Replaces bytes from {@code offset}, which the file has. */
  synchronized void overwrite(long offset, Payload payload) {
    byte[][] held = blocks;
    copy(payload, offset, held);
    blocks = held; // who reads the field from now on sees the bytes
  }

  private static void copy(Payload payload, long offset, byte[][] to) {
    for (long done = 0; done < payload.size(); ) {
      long at = offset + done;
      byte[] block = to[(int) (at / BLOCK_BYTES)];
      int inBlock = (int) (at % BLOCK_BYTES);
      ByteBuffer slice = payload.slice(done, BLOCK_BYTES - inBlock);
      int length = slice.remaining();
      slice.get(block, inBlock, length);
      done += length;
    }
  }

  /**
   * Hands out a range that the file has. A block is handed out as it is: a read-only view would
   * make CRC32C copy it byte by byte.
   */
  void writeTo(FrameSink sink, long offset, long length) {
    byte[][] held = blocks;
    long end = offset + length;
    for (long at = offset; at < end; ) {
      int inBlock = (int) (at % BLOCK_BYTES);
      int part = (int) Math.min(BLOCK_BYTES - inBlock, end - at);
      sink.accept(ByteBuffer.wrap(held[(int) (at / BLOCK_BYTES)], inBlock, part));
      at += part;
    }
  }
}
