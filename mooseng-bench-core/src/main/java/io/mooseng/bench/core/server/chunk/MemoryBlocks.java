package io.mooseng.bench.core.server.chunk;

import java.nio.ByteBuffer;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Memory for chunks. Whole blocks lie outside of the heap, where no collector moves them, and are
 * kept for the next chunk, as the kernel's giving a new page costs more than filling it; smaller
 * ones are left to the collector. Safe for use by any number of threads.
 */
final class MemoryBlocks {

  static final int BLOCK_BYTES = 256 << 10;

  private final Queue<ByteBuffer> free = new ConcurrentLinkedQueue<>();

  /**
   * An empty buffer of {@code bytes}, at most {@link #BLOCK_BYTES}.
   *
   * @throws StoreFullException if the JVM may not have more memory outside of its heap
   */
  ByteBuffer take(int bytes) throws StoreFullException {
    if (bytes < BLOCK_BYTES) {
      return ByteBuffer.allocate(bytes);
    }
    ByteBuffer block = free.poll();
    if (block != null) {
      return block;
    }
    try {
      return ByteBuffer.allocateDirect(BLOCK_BYTES);
    } catch (OutOfMemoryError e) {
      throw new StoreFullException("no memory is left outside of the heap: " + e.getMessage());
    }
  }

  /** Takes a buffer back that nobody uses any more. */
  void give(ByteBuffer block) {
    if (block.isDirect()) {
      free.add(block.clear());
    }
  }

  /** Leaves what is free to the collector. */
  void close() {
    free.clear();
  }
}
