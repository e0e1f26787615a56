package io.mooseng.bench.core.server.chunk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Gives the content of one chunk; used by one thread at a time. */
public interface ChunkReader extends Closeable {

  /** What is being read; does not change. */
  StoredChunk chunk();

  /**
   * Verified bytes from {@code offset}: at most {@code maxBytes}, and at least one while the offset
   * is below the size. The buffer belongs to the reader: it is valid until the next call.
   *
   * @throws CorruptChunkException if the stored bytes are not those that were written
   */
  ByteBuffer read(long offset, int maxBytes) throws IOException;
}
