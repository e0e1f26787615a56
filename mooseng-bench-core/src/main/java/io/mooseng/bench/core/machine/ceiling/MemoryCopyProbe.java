package io.mooseng.bench.core.machine.ceiling;

import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Copies within the caches, not within main memory: small payloads stay in the caches as well, and
 * a ceiling must hold for the fastest of them.
 */
final class MemoryCopyProbe implements Probe {

  private final ByteBuffer from = new RandomBytes(1).next(CHUNK_BYTES);
  private final ByteBuffer to = ByteBuffer.allocateDirect(CHUNK_BYTES);

  @Override
  public double sample(Duration length) {
    long bytes = 0;
    long start = System.nanoTime();
    long elapsed;
    do {
      to.put(0, from, 0, CHUNK_BYTES);
      bytes += CHUNK_BYTES;
      elapsed = System.nanoTime() - start;
    } while (elapsed < length.toNanos());
    return bytes * NANOS_PER_SECOND / elapsed;
  }
}
