package io.mooseng.bench.core.server.chunk;

import java.io.IOException;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * Keeps the content of chunks. A chunk is written as a whole, and then replaced as a whole ({@link
 * #create}) or changed in place ({@link #update}).
 *
 * <p>Safe for use by any number of threads. A reader keeps what it opened when the chunk is
 * replaced or deleted, and sees what is changed in place; no number of writers makes it see bytes
 * that do not match their checksum. Methods may block for the device. Running out of space is a
 * {@link StoreFullException} or an {@link IOException} of the file system that says so.
 *
 * <p>A crash leaves of a new or replaced chunk the old or the new one. Of a change in place it may
 * leave blocks that do not match their checksums: they are reported as corrupt and never given as
 * content, until they are overwritten as a whole. What the change appends is there or not, and what
 * was there before it stays whole.
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
   * Begins to change a chunk in place. Every frame is visible at once to those who read; a size
   * that grows is visible after {@link ChunkWriter#commit}. Several may do so at once; where they
   * write to the same bytes, any of them may be the last.
   *
   * @param version of the chunk afterwards, or one more than it has, if that is greater
   * @param size of the chunk afterwards, unless others make it larger
   * @throws UnknownChunkException if there is none
   */
  ChunkWriter update(long chunkId, int version, long size) throws IOException;

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
