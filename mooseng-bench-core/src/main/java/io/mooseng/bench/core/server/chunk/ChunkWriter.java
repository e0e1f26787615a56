package io.mooseng.bench.core.server.chunk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** Takes the content of one chunk in order; used by one thread at a time. */
public interface ChunkWriter extends Closeable {

  /** Appends the remaining bytes of {@code data}, which may be reused afterwards. */
  void write(ByteBuffer data) throws IOException;

  /** Makes the chunk visible, in place of an older one, and as durable as the store promises. */
  StoredChunk commit() throws IOException;

  /** Drops what was written, unless it was committed. */
  @Override
  void close() throws IOException;
}
