package io.mooseng.bench.core.server.chunk;

import java.io.IOException;

/** The store has no chunk of this id. */
public final class UnknownChunkException extends IOException {

  private static final long serialVersionUID = 1L;

  public UnknownChunkException(long chunkId) {
    super("chunk " + Long.toUnsignedString(chunkId) + " is not stored here");
  }
}
