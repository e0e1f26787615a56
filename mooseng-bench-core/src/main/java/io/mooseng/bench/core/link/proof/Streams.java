package io.mooseng.bench.core.link.proof;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Streams of bytes that say nothing. */
final class Streams {

  private Streams() {}

  static void send(OutputStream out, long bytes) throws IOException {
    byte[] chunk = new byte[ProofServer.CHUNK_BYTES];
    for (long rest = bytes; rest > 0; rest -= chunk.length) {
      out.write(chunk, 0, (int) Math.min(rest, chunk.length));
    }
    out.flush();
  }

  /**
   * Takes {@code bytes} bytes.
   *
   * @return nanoseconds from the middle of the stream to its end: its first part holds whatever TCP
   *     needs to come up to speed
   */
  static long take(InputStream in, long bytes) throws IOException {
    byte[] chunk = new byte[ProofServer.CHUNK_BYTES];
    long taken = 0;
    long begun = 0;
    long begunAt = 0;
    while (taken < bytes) {
      int read = in.read(chunk, 0, (int) Math.min(chunk.length, bytes - taken));
      if (read < 0) {
        throw new EOFException("the link closed the connection while it was measured");
      }
      taken += read;
      if (begun == 0 && taken >= bytes / 2) {
        begun = System.nanoTime();
        begunAt = taken;
      }
    }
    long half = System.nanoTime() - begun;
    // As if exactly one half had been timed.
    return begunAt == bytes ? half : Math.round(half * (bytes / 2.0) / (bytes - begunAt));
  }
}
