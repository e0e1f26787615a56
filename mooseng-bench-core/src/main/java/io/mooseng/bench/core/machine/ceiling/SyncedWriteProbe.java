package io.mooseng.bench.core.machine.ceiling;

import java.io.IOException;
import java.time.Duration;

/**
 * Writes a file and syncs it once at the end. The amount is doubled, before the first sample, until
 * a write takes long enough for the cost of the sync itself not to rule.
 */
final class SyncedWriteProbe implements Probe {

  private static final long FIRST_BYTES = 4 << 20;

  private final ScratchFile file;
  private final RandomBytes random = new RandomBytes(3);
  private long bytes;

  SyncedWriteProbe(ScratchFile file) {
    this.file = file;
  }

  @Override
  public double sample(Duration length) throws IOException {
    if (bytes == 0) {
      bytes = Math.min(FIRST_BYTES, file.capacity());
      while (writeAndSync() < length.toNanos() / 2 && bytes * 2 <= file.capacity()) {
        bytes *= 2;
      }
    }
    return bytes * NANOS_PER_SECOND / writeAndSync();
  }

  private long writeAndSync() throws IOException {
    long start = System.nanoTime();
    for (long position = 0; position < bytes; position += CHUNK_BYTES) {
      file.write(random.next(CHUNK_BYTES), position);
    }
    file.channel().force(true);
    return System.nanoTime() - start;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
