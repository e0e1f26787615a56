package io.mooseng.bench.core.server.chunk;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.zip.CRC32C;

/** Reads whole blocks into a buffer, verifies each, and answers the part that was asked for. */
final class ChunkFileReader implements ChunkReader {

  private final ChunkFile file;
  private final FileChannel channel;
  private final BufferPool buffers;
  private final CRC32C crc = new CRC32C();
  private ByteBuffer buffer;

  ChunkFileReader(ChunkFile file, FileChannel channel, BufferPool buffers) {
    this.file = file;
    this.channel = channel;
    this.buffers = buffers;
  }

  @Override
  public StoredChunk chunk() {
    return file.chunk();
  }

  @Override
  public ByteBuffer read(long offset, int maxBytes) throws IOException {
    long size = file.chunk().size();
    if (offset < 0 || offset > size) {
      throw new IndexOutOfBoundsException(offset + " is outside of " + size + " bytes");
    }
    long end = Math.min(size, offset + maxBytes);
    int firstBlock = (int) (offset / BlockChecksums.BLOCK_BYTES);
    long start = (long) firstBlock * BlockChecksums.BLOCK_BYTES;
    long blocksEnd =
        Math.min(size, (long) BlockChecksums.blocksOf(end) * BlockChecksums.BLOCK_BYTES);
    if (buffer == null || buffer.capacity() < blocksEnd - start) {
      release();
      buffer = buffers.take((int) (blocksEnd - start));
    }
    buffer.clear().limit((int) (blocksEnd - start));
    try {
      ChunkFile.readFully(channel, buffer, start);
    } catch (EOFException e) {
      throw new CorruptChunkException(chunk().chunkId(), offset, end - offset, e.getMessage());
    }
    verify(firstBlock);
    return buffer.slice((int) (offset - start), (int) (end - offset));
  }

  private void verify(int firstBlock) throws CorruptChunkException {
    int end = buffer.position();
    int block = firstBlock;
    for (int at = 0; at < end; at += BlockChecksums.BLOCK_BYTES, block++) {
      int blockEnd = Math.min(end, at + BlockChecksums.BLOCK_BYTES);
      buffer.limit(blockEnd).position(at);
      crc.reset();
      crc.update(buffer);
      if ((int) crc.getValue() != file.checksums()[block]) {
        throw new CorruptChunkException(
            chunk().chunkId(),
            (long) block * BlockChecksums.BLOCK_BYTES,
            blockEnd - at,
            "the CRC32C does not match");
      }
    }
    buffer.limit(end).position(0);
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
