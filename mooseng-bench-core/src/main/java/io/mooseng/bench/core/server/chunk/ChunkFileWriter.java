package io.mooseng.bench.core.server.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/** Writes a chunk into a temporary file; the store gives it its name when it is complete. */
final class ChunkFileWriter implements ChunkWriter {

  private final DirectoryChunkStore store;
  private final long chunkId;
  private final int version;
  private final Path temporary;
  private final FileChannel channel;
  private final BlockChecksums checksums;
  private long size;
  private boolean committed;

  ChunkFileWriter(
      DirectoryChunkStore store, long chunkId, int version, long expectedSize, Path temporary)
      throws IOException {
    this.store = store;
    this.chunkId = chunkId;
    this.version = version;
    this.temporary = temporary;
    this.checksums = new BlockChecksums(expectedSize);
    this.channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
  }

  @Override
  public long keptBytes() {
    return 0;
  }

  @Override
  public void write(long offset, List<ByteBuffer> frame) throws IOException {
    for (ByteBuffer data : frame) {
      checksums.update(data);
      size += data.remaining();
      while (data.hasRemaining()) {
        channel.write(data);
      }
    }
  }

  @Override
  public StoredChunk commit() throws IOException {
    int[] blocks = checksums.finish();
    Instant now = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    StoredChunk chunk = new StoredChunk(chunkId, version, size, checksums.whole(), now);
    ChunkFile file = new ChunkFile(temporary, chunk, blocks);
    file.writeTrailerAt(channel, size);
    store.publish(file, channel);
    committed = true;
    channel.close();
    return chunk;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    if (!committed) {
      Files.deleteIfExists(temporary);
    }
  }
}
