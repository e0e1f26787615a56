package io.mooseng.bench.core.server.chunk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.List;
import java.util.concurrent.locks.Lock;

/**
 * Changes a chunk in its file. Each frame is written at its place, under the lock of the chunk; the
 * checksums in memory change with it, those on disk when the write ends.
 */
final class ChunkFileUpdate implements ChunkWriter {

  private final DirectoryChunkStore store;
  private final ChunkFile file;
  private final int version;
  private final long size;
  private final FileChannel channel;
  private final BufferPool buffers;
  private final Lock lock;
  private final long keptBytes;
  private ByteBuffer block;
  private long end;
  private boolean ended;

  /**
   * @param lock keeps all others from the file while it is held; held by the caller now
   */
  ChunkFileUpdate(
      DirectoryChunkStore store,
      ChunkFile file,
      int version,
      long size,
      FileChannel channel,
      BufferPool buffers,
      Lock lock)
      throws IOException {
    this.store = store;
    this.file = file;
    this.version = version;
    this.size = size;
    this.channel = channel;
    this.buffers = buffers;
    this.lock = lock;
    this.keptBytes = file.chunk().size();
    file.beginWriting(channel, this::readBlock);
  }

  /** The part of a block that stays as it is, as it is on disk. */
  private ByteBuffer readBlock(long offset, int length) throws IOException {
    if (block == null) {
      block = ByteBuffer.allocate(BlockChecksums.BLOCK_BYTES);
    }
    try {
      ChunkFile.readFully(channel, block.clear().limit(length), offset);
    } catch (EOFException e) {
      throw new CorruptChunkException(file.chunk().chunkId(), offset, length, e.getMessage());
    }
    return block.flip();
  }

  @Override
  public long keptBytes() {
    return keptBytes;
  }

  @Override
  public void write(long offset, List<ByteBuffer> frame) throws IOException {
    buffers.asOne(frame, data -> write(offset, data));
  }

  private void write(long offset, ByteBuffer data) throws IOException {
    long frameEnd = offset + data.remaining();
    if (frameEnd == offset) {
      return;
    }
    lock.lock();
    try {
      if (frameEnd > file.room()) {
        store.enlarge(file, channel, Math.max(size, frameEnd));
      }
      file.put(channel, offset, data, this::readBlock);
      end = frameEnd;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public StoredChunk commit() throws IOException {
    StoredChunk chunk;
    lock.lock();
    try {
      chunk = store.change(file, channel, version, end, this::readBlock);
      end();
    } finally {
      lock.unlock();
    }
    store.makeDurable(channel);
    channel.close();
    return chunk;
  }

  private void end() {
    ended = true;
    file.endWriting();
  }

  /** What was written stays, with its checksums and a version of its own. */
  @Override
  public void close() throws IOException {
    lock.lock();
    try {
      if (!ended) {
        end();
        if (end > 0) {
          store.change(file, channel, version, 0, this::readBlock);
        }
      }
    } finally {
      lock.unlock();
      channel.close();
    }
  }
}
