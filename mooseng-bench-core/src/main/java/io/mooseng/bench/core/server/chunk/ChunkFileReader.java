package io.mooseng.bench.core.server.chunk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;

/** Reads whole blocks into a buffer, verifies each, and answers the part that was asked for. */
final class ChunkFileReader implements ChunkReader {

  private final ChunkFile file;
  private final FileChannel channel;
  private final BufferPool buffers;
  private final Lock lock;
  private final StoredChunk chunk;
  private final long changesInChunk;
  private ByteBuffer buffer;

  /**
   * @param lock keeps the file as it is while it is held; held by the caller now
   */
  ChunkFileReader(ChunkFile file, FileChannel channel, BufferPool buffers, Lock lock) {
    this.file = file;
    this.channel = channel;
    this.buffers = buffers;
    this.lock = lock;
    this.chunk = file.chunk();
    this.changesInChunk = file.changesInChunk();
  }

  @Override
  public StoredChunk chunk() {
    return chunk;
  }

  @Override
  public int read(long offset, int maxBytes, Consumer<ByteBuffer> taker) throws IOException {
    long size = chunk.size();
    if (offset < 0 || offset > size) {
      throw new IndexOutOfBoundsException(offset + " is outside of " + size + " bytes");
    }
    long end = Math.min(size, offset + maxBytes);
    int firstBlock = (int) (offset / BlockChecksums.BLOCK_BYTES);
    long start = BlockTable.startOf(firstBlock);
    lock.lock();
    try {
      readBlocks(start, end);
      verify(firstBlock);
    } catch (EOFException e) {
      throw new CorruptChunkException(chunk.chunkId(), offset, end - offset, e.getMessage());
    } finally {
      lock.unlock();
    }
    taker.accept(buffer.slice((int) (offset - start), (int) (end - offset)));
    return (int) (end - offset);
  }

  /** Fills the buffer with all blocks from {@code start} to the one that {@code end} is in. */
  private void readBlocks(long start, long end) throws IOException {
    long blocksEnd =
        Math.min(file.table().extent(), BlockTable.startOf(BlockChecksums.blocksOf(end)));
    int length = (int) Math.max(0, blocksEnd - start);
    if (buffer == null || buffer.capacity() < length) {
      release();
      buffer = buffers.take(length);
    }
    ChunkFile.readFully(channel, buffer.clear().limit(length), start);
    buffer.flip();
  }

  private void verify(int firstBlock) throws CorruptChunkException {
    int block = firstBlock;
    for (int at = 0; at < buffer.limit(); at += BlockChecksums.BLOCK_BYTES, block++) {
      int length = Math.min(BlockChecksums.BLOCK_BYTES, buffer.limit() - at);
      file.table().verify(block, buffer.slice(at, length));
    }
  }

  @Override
  public boolean changed() {
    return file.changes() != changesInChunk;
  }

  private void release() {
    if (buffer != null) {
      buffers.give(buffer);
      buffer = null;
    }
  }

  @Override
  public void close() throws IOException {
    release();
    channel.close();
  }
}
