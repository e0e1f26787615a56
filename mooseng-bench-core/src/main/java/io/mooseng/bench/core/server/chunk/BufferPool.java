package io.mooseng.bench.core.server.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Buffers for bytes on their way. Large ones are direct, so that the kernel fills them without a
 * copy, and are kept, as making one costs more than filling it. Safe for use by any number of
 * threads.
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

  /** What is done with the bytes of a frame. */
  @FunctionalInterface
  interface Taker {
    void take(ByteBuffer bytes) throws IOException;
  }

  /** Hands out the bytes of a frame in one buffer, to be used during the call. */
  void asOne(List<ByteBuffer> frame, Taker taker) throws IOException {
    if (frame.size() == 1) {
      taker.take(frame.get(0));
      return;
    }
    ByteBuffer whole = take(frame.stream().mapToInt(ByteBuffer::remaining).sum());
    try {
      frame.forEach(whole::put);
      taker.take(whole.flip());
    } finally {
      give(whole);
    }
  }
}
