package io.mooseng.bench.core.target.memory;

import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.workload.Payload;
import java.nio.ByteBuffer;

/** A copy of the bytes of one file, in blocks of the size of a payload's. */
final class StoredBytes {

  static final StoredBytes EMPTY = new StoredBytes(new byte[0][], 0);

  private final byte[][] blocks;
  private final long size;

  private StoredBytes(byte[][] blocks, long size) {
    this.blocks = blocks;
    this.size = size;
  }

  static StoredBytes copyOf(Payload payload) {
    int count = Math.toIntExact((payload.size() + Payload.BLOCK_BYTES - 1) / Payload.BLOCK_BYTES);
    byte[][] blocks = new byte[count][];
    for (int i = 0; i < count; i++) {
      ByteBuffer slice = payload.slice((long) i * Payload.BLOCK_BYTES, Payload.BLOCK_BYTES);
      blocks[i] = new byte[slice.remaining()];
      slice.get(blocks[i]);
    }
    return new StoredBytes(blocks, payload.size());
  }

  long size() {
    return size;
  }

  /** A block is handed out as it is: a read-only view would make CRC32C copy it byte by byte. */
  void writeTo(FrameSink sink) {
    for (byte[] block : blocks) {
      sink.accept(ByteBuffer.wrap(block));
    }
  }
}
