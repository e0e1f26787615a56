package io.mooseng.bench.core.machine.ceiling;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

/**
 * Chunks of bytes that do not compress, so that neither a file system nor a device can make its
 * work smaller. Used by one thread.
 */
final class RandomBytes {

  private static final int POOL_BYTES = 1 << 20;

  private final ByteBuffer pool = ByteBuffer.allocateDirect(POOL_BYTES);
  private final SplittableRandom random;

  RandomBytes(long seed) {
    random = new SplittableRandom(seed);
    while (pool.hasRemaining()) {
      pool.putLong(random.nextLong());
    }
  }

  /** A chunk at an odd place of the pool: blocks of a file are not copies of each other. */
  ByteBuffer next(int bytes) {
    return pool.slice(random.nextInt(POOL_BYTES - bytes + 1), bytes);
  }
}
