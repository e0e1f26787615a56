package io.mooseng.bench.core.server.chunk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** Takes the frames of one write of a chunk; used by one thread at a time. */
public interface ChunkWriter extends Closeable {

  /** How many bytes of the chunk stay where no frame covers them; 0 if it is written anew. */
  long keptBytes();

  /**
   * Takes a frame. The first begins at an offset of at most {@link #keptBytes}, each of the others
   * where the one before ended; who writes sees to that.
   *
   * @param frame its remaining bytes, in order; free for use when this method returns
   */
  void write(long offset, List<ByteBuffer> frame) throws IOException;

  /** Ends the write: its size is visible, and it is as durable as the store promises. */
  StoredChunk commit() throws IOException;

  /**
   * Ends a write that was not committed: of a new chunk nothing is left; of a chunk changed in
   * place, its frames stay within the size it had.
   */
  @Override
  void close() throws IOException;
}
