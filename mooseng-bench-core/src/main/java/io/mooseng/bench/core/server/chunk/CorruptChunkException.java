package io.mooseng.bench.core.server.chunk;

import java.io.IOException;

/** Stored bytes are not those that were written. */
public final class CorruptChunkException extends IOException {

  private static final long serialVersionUID = 1L;

  private final long offset;
  private final long length;

  CorruptChunkException(long chunkId, long offset, long length, String what) {
    super(
        "chunk "
            + Long.toUnsignedString(chunkId)
            + " is damaged in bytes "
            + offset
            + " to "
            + (offset + length)
            + ": "
            + what);
    this.offset = offset;
    this.length = length;
  }

  /** A chunk that should be stored and cannot be found or recognised. */
  public static CorruptChunkException lost(long chunkId) {
    return new CorruptChunkException(chunkId);
  }

  private CorruptChunkException(long chunkId) {
    super("chunk " + Long.toUnsignedString(chunkId) + " is lost: its file is gone or damaged");
    this.offset = 0;
    this.length = 0;
  }

  /** Where the damaged range begins. */
  public long offset() {
    return offset;
  }

  /** How many bytes the damaged range has. */
  public long length() {
    return length;
  }
}
