package io.mooseng.bench.core.machine.ceiling;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;

/**
 * Reads a small file over and over. Its pages stay in the processor's caches, as those of a small
 * file under test do: the fastest a cached read can be.
 */
final class CachedReadProbe implements Probe {

  private static final long FILE_BYTES = 1 << 20;

  private final ScratchFile file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(CHUNK_BYTES);

  CachedReadProbe(ScratchFile file) throws IOException {
    this.file = file;
    RandomBytes random = new RandomBytes(4);
    for (long position = 0; position < FILE_BYTES; position += CHUNK_BYTES) {
      file.write(random.next(CHUNK_BYTES), position);
    }
  }

  @Override
  public double sample(Duration length) throws IOException {
    long bytes = 0;
    long start = System.nanoTime();
    long elapsed;
    do {
      bytes += file.channel().read(buffer.clear(), bytes % FILE_BYTES);
      elapsed = System.nanoTime() - start;
    } while (elapsed < length.toNanos());
    return bytes * NANOS_PER_SECOND / elapsed;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
