package io.mooseng.bench.core.server.chunk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Gives the content of one chunk; used by one thread at a time.
 *
 * <p>Where the chunk is changed meanwhile, the bytes of one {@link #read} show each frame of that
 * write either wholly or not at all; the next read may show more of them.
 */
public interface ChunkReader extends Closeable {

  /** What was there when the reader was opened; does not change. */
  StoredChunk chunk();

  /**
   * Hands out verified bytes from {@code offset}, within the size of {@link #chunk}: at most {@code
   * maxBytes}, and at least one while the offset is below the size.
   *
   * @param taker called once; the buffer is valid until it returns, and it must not wait for
   *     anything, for writers of the chunk may have to wait for it
   * @return how many bytes it was given
   * @throws CorruptChunkException if the stored bytes are not those that were written
   */
  int read(long offset, int maxBytes, Consumer<ByteBuffer> taker) throws IOException;

  /**
   * Whether bytes may have been handed out, or may be from now on, that are not those of which
   * {@link #chunk} has the checksum: the chunk was changed in place.
   */
  boolean changed();
}
