package io.mooseng.bench.core.server.chunk;

import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Keeps the content of chunks, each written once as a whole and replaced as a whole.
 *
 * <p>Safe for use by any number of threads. A reader keeps what it opened, whatever is written or
 * deleted meanwhile. Methods may block for the device. Running out of space is a {@link
 * StoreFullException} or an {@link IOException} of the file system that says so.
 */
public interface ChunkStore extends AutoCloseable {

  /** The most bytes of one chunk, by the wire protocol. */
  long MAX_CHUNK_BYTES = 64L << 20;

  /**
   * Begins a chunk; nothing is visible before {@link ChunkWriter#commit}.
   *
   * @param size how many bytes will be written
   */
  ChunkWriter create(long chunkId, int version, long size) throws IOException;

  /**
   * Opens a chunk for reading.
   *
   * @throws UnknownChunkException if there is none
   */
  ChunkReader open(long chunkId) throws IOException;

  /** Removes a chunk; answers what was removed, if there was one. */
  Optional<StoredChunk> delete(long chunkId) throws IOException;

  Optional<StoredChunk> find(long chunkId);

  /** All chunks by id; a live view. */
  NavigableMap<Long, StoredChunk> chunks();

  /**
   * Looks for damage.
   *
   * @param deep whether to read every byte; else only what can be seen without reading
   * @return damaged ranges; none for a sound chunk
   * @throws UnknownChunkException if there is no such chunk
   */
  List<CorruptChunkException> verify(long chunkId, boolean deep) throws IOException;

  /** The sum of the sizes of all chunks. */
  long usedBytes();

  /** What the device, or the part of the heap given to chunks, holds in all. */
  long totalBytes() throws IOException;

  /** Where the chunks are, for a person. */
  String location();

  @Override
  void close() throws IOException;
}
