package io.mooseng.bench.core.server.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Chunks in memory, in blocks that are used again when a chunk was deleted and its last reader has
 * gone.
 */
public final class MemoryChunkStore implements ChunkStore {

  private static final int BLOCK_BYTES = MemoryBlocks.BLOCK_BYTES;

  private final NavigableMap<Long, MemoryChunk> contents = new ConcurrentSkipListMap<>();
  private final MemoryBlocks memory = new MemoryBlocks();
  private final ChunkLocks locks = new ChunkLocks();
  private final BufferPool buffers = new BufferPool();
  private final AtomicLong reservedBytes = new AtomicLong();
  private final long capacityBytes;

  /** A store as large as half of the heap, which is also half of what may lie outside of it. */
  public MemoryChunkStore() {
    this(Runtime.getRuntime().maxMemory() / 2);
  }

  /**
   * @param capacityBytes how much all chunks, and those being written, may hold
   */
  public MemoryChunkStore(long capacityBytes) {
    this.capacityBytes = capacityBytes;
  }

  @Override
  public ChunkWriter create(long chunkId, int version, long size) {
    return new Writer(chunkId, version, size);
  }

  @Override
  public ChunkWriter update(long chunkId, int version, long size) throws UnknownChunkException {
    return new Update(held(chunkId), version);
  }

  @Override
  public ChunkReader open(long chunkId) throws UnknownChunkException {
    return held(chunkId).reader();
  }

  /** A chunk that keeps its blocks until it is released. */
  private MemoryChunk held(long chunkId) throws UnknownChunkException {
    MemoryChunk chunk = known(chunkId);
    while (!chunk.hold()) {
      chunk = known(chunkId); // deleted or replaced between the look and the hold
    }
    return chunk;
  }

  private MemoryChunk known(long chunkId) throws UnknownChunkException {
    MemoryChunk chunk = contents.get(chunkId);
    if (chunk == null) {
      throw new UnknownChunkException(chunkId);
    }
    return chunk;
  }

  @Override
  public Optional<StoredChunk> delete(long chunkId) {
    Optional<MemoryChunk> removed = Optional.ofNullable(contents.remove(chunkId));
    removed.ifPresent(this::forget);
    return removed.map(MemoryChunk::chunk);
  }

  private void forget(MemoryChunk chunk) {
    reservedBytes.addAndGet(-chunk.giveUp());
    chunk.release();
  }

  @Override
  public Optional<StoredChunk> find(long chunkId) {
    return Optional.ofNullable(contents.get(chunkId)).map(MemoryChunk::chunk);
  }

  @Override
  public NavigableMap<Long, StoredChunk> chunks() {
    NavigableMap<Long, StoredChunk> chunks = new TreeMap<>();
    contents.forEach((id, content) -> chunks.put(id, content.chunk()));
    return Collections.unmodifiableNavigableMap(chunks);
  }

  @Override
  public List<CorruptChunkException> verify(long chunkId, boolean deep)
      throws UnknownChunkException {
    MemoryChunk chunk = held(chunkId);
    try {
      return deep ? chunk.verify() : List.of();
    } finally {
      chunk.release();
    }
  }

  @Override
  public long usedBytes() {
    return contents.values().stream().mapToLong(content -> content.chunk().size()).sum();
  }

  @Override
  public long totalBytes() {
    return capacityBytes;
  }

  @Override
  public String location() {
    return "memory";
  }

  @Override
  public void close() {
    contents.clear();
    memory.close();
  }

  private void reserve(long bytes) throws StoreFullException {
    if (reservedBytes.addAndGet(bytes) > capacityBytes) {
      reservedBytes.addAndGet(-bytes);
      throw new StoreFullException(
          "the memory store holds " + capacityBytes + " bytes and is full");
    }
  }

  private final class Writer implements ChunkWriter {
    private final long chunkId;
    private final int version;
    private final long expectedSize;
    private final List<ByteBuffer> blocks = new ArrayList<>();
    private final BlockChecksums checksums;
    private ByteBuffer block = ByteBuffer.allocate(0);
    private long size;
    private boolean committed;

    Writer(long chunkId, int version, long expectedSize) {
      this.chunkId = chunkId;
      this.version = version;
      this.expectedSize = expectedSize;
      this.checksums = new BlockChecksums(expectedSize);
    }

    @Override
    public long keptBytes() {
      return 0;
    }

    @Override
    public void write(long offset, List<ByteBuffer> frame) throws StoreFullException {
      for (ByteBuffer data : frame) {
        append(data);
      }
    }

    private void append(ByteBuffer data) throws StoreFullException {
      int length = data.remaining();
      if (size + length > expectedSize) {
        throw new IllegalArgumentException("more than the " + expectedSize + " bytes announced");
      }
      reserve(length);
      size += length;
      checksums.update(data);
      while (data.hasRemaining()) {
        if (!block.hasRemaining()) {
          endBlock();
          long left = expectedSize - size + data.remaining();
          block = memory.take((int) Math.min(BLOCK_BYTES, left));
        }
        int part = Math.min(block.remaining(), data.remaining());
        block.put(data.slice(data.position(), part));
        data.position(data.position() + part);
      }
    }

    private void endBlock() {
      if (block.position() > 0) {
        blocks.add(block.flip());
      }
    }

    @Override
    public StoredChunk commit() {
      endBlock();
      int[] blockChecksums = checksums.finish();
      StoredChunk chunk = new StoredChunk(chunkId, version, size, checksums.whole(), Instant.now());
      MemoryChunk before =
          contents.put(
              chunkId, new MemoryChunk(chunk, blocks, blockChecksums, memory, locks.of(chunkId)));
      committed = true;
      if (before != null) {
        forget(before);
      }
      return chunk;
    }

    @Override
    public void close() {
      if (!committed) {
        reservedBytes.addAndGet(-size);
        size = 0;
        endBlock();
        blocks.forEach(memory::give);
        blocks.clear();
        block = ByteBuffer.allocate(0);
      }
    }
  }

  private final class Update implements ChunkWriter {
    private final MemoryChunk chunk;
    private final int version;
    private final long keptBytes;
    private long end;
    private boolean ended;

    Update(MemoryChunk chunk, int version) {
      this.chunk = chunk;
      this.version = version;
      this.keptBytes = chunk.chunk().size();
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
      if (data.hasRemaining()) {
        long frameEnd = offset + data.remaining();
        chunk.put(offset, data, MemoryChunkStore.this::reserve);
        end = frameEnd;
      }
    }

    @Override
    public StoredChunk commit() throws IOException {
      StoredChunk changed = chunk.change(version, end);
      end();
      return changed;
    }

    private void end() {
      if (!ended) {
        ended = true;
        chunk.release();
      }
    }

    /** What was written stays, with its checksums and a version of its own. */
    @Override
    public void close() throws IOException {
      try {
        if (!ended && end > 0) {
          chunk.change(version, 0);
        }
      } finally {
        end();
      }
    }
  }
}
