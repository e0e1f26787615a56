package io.mooseng.bench.core.machine.ceiling;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.time.Duration;

/**
 * Reads past the page cache, in requests large enough for the kernel to keep several in flight at
 * the device, as its read-ahead does for buffered reads.
 */
final class DirectReadProbe implements Probe {

  private static final int REQUEST_BYTES = 4 << 20;
  private static final long FILE_BYTES = 32 << 20;

  private final ScratchFile file;
  private final ByteBuffer buffer;
  private final long fileBytes;
  private long position;

  DirectReadProbe(ScratchFile file) throws IOException {
    this.file = file;
    file.direct();
    int block = file.blockBytes();
    buffer = ByteBuffer.allocateDirect(REQUEST_BYTES + block).alignedSlice(block);
    buffer.limit(REQUEST_BYTES);
    fileBytes = Math.min(FILE_BYTES, file.capacity()) / REQUEST_BYTES * REQUEST_BYTES;
    RandomBytes random = new RandomBytes(5);
    for (long at = 0; at < fileBytes; at += CHUNK_BYTES) {
      file.write(random.next(CHUNK_BYTES), at);
    }
    file.channel().force(true);
  }

  @Override
  public double sample(Duration length) throws IOException {
    FileChannel channel = file.direct();
    long bytes = 0;
    long start = System.nanoTime();
    long elapsed;
    do {
      int read = channel.read(buffer.clear().limit(REQUEST_BYTES), position);
      if (read <= 0) {
        throw new EOFException("a direct read at " + position + " of " + fileBytes + " got none");
      }
      bytes += read;
      position = (position + REQUEST_BYTES) % fileBytes;
      elapsed = System.nanoTime() - start;
    } while (elapsed < length.toNanos());
    return bytes * NANOS_PER_SECOND / elapsed;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
