package io.mooseng.bench.core.server.chunk;

import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Buffers for reading files. Large ones are direct, so that the kernel fills them without a copy,
 * and are kept, as making one costs more than filling it. Safe for use by any number of threads.
 */
final class BufferPool {

  /** Below this, a heap buffer and its copy cost less than a trip to the pool. */
  private static final int LARGE_BYTES = 64 << 10;

  /** Fits the largest frame a read asks for and the block it may begin or end within. */
  private static final int POOLED_BYTES = (1 << 20) + 2 * BlockChecksums.BLOCK_BYTES;

  private static final int KEPT = 16;

  private final BlockingQueue<ByteBuffer> free = new ArrayBlockingQueue<>(KEPT);

  /** A buffer of at least {@code bytes}. */
  ByteBuffer take(int bytes) {
    if (bytes <= LARGE_BYTES) {
      return ByteBuffer.allocate(bytes);
    }
    if (bytes > POOLED_BYTES) {
      return ByteBuffer.allocateDirect(bytes);
    }
    ByteBuffer buffer = free.poll();
    return buffer == null ? ByteBuffer.allocateDirect(POOLED_BYTES) : buffer;
  }

  /** Gives a buffer back; the caller no longer uses it, nor any slice of it. */
  void give(ByteBuffer buffer) {
    if (buffer.isDirect() && buffer.capacity() == POOLED_BYTES) {
      free.offer(buffer.clear());
    }
  }
}
