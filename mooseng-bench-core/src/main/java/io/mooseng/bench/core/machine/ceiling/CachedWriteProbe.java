package io.mooseng.bench.core.machine.ceiling;

import java.io.IOException;
import java.time.Duration;

/**
 * Writes into the page cache from the start of the file to its capacity, over and over. Only the
 * first pass has to find memory for the pages; the later ones show the best a write can do.
 */
final class CachedWriteProbe implements Probe {

  private final ScratchFile file;
  private final RandomBytes random = new RandomBytes(2);
  private long position;

  CachedWriteProbe(ScratchFile file) {
    this.file = file;
  }

  @Override
  public double sample(Duration length) throws IOException {
    long bytes = 0;
    long start = System.nanoTime();
    long elapsed;
    do {
      if (position + CHUNK_BYTES > file.capacity()) {
        position = 0;
      }
      file.write(random.next(CHUNK_BYTES), position);
      position += CHUNK_BYTES;
      bytes += CHUNK_BYTES;
      elapsed = System.nanoTime() - start;
    } while (elapsed < length.toNanos());
    return bytes * NANOS_PER_SECOND / elapsed;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
