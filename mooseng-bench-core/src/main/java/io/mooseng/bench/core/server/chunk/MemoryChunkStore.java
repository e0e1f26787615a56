package io.mooseng.bench.core.server.chunk;

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

  private final NavigableMap<Long, Content> contents = new ConcurrentSkipListMap<>();
  private final MemoryBlocks memory = new MemoryBlocks();
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
  public ChunkReader open(long chunkId) throws UnknownChunkException {
    return new Reader(held(chunkId));
  }

  /** A content that keeps its blocks until it is released. */
  private Content held(long chunkId) throws UnknownChunkException {
    Content content = known(chunkId);
    while (!content.hold()) {
      content = known(chunkId); // deleted or replaced between the look and the hold
    }
    return content;
  }

  private Content known(long chunkId) throws UnknownChunkException {
    Content content = contents.get(chunkId);
    if (content == null) {
      throw new UnknownChunkException(chunkId);
    }
    return content;
  }

  @Override
  public Optional<StoredChunk> delete(long chunkId) {
    Optional<Content> removed = Optional.ofNullable(contents.remove(chunkId));
    removed.ifPresent(this::forget);
    return removed.map(Content::chunk);
  }

  private void forget(Content content) {
    reservedBytes.addAndGet(-content.chunk().size());
    content.release();
  }

  @Override
  public Optional<StoredChunk> find(long chunkId) {
    return Optional.ofNullable(contents.get(chunkId)).map(Content::chunk);
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
    Content content = held(chunkId);
    try {
      BlockChecksums checksums = new BlockChecksums(content.chunk().size());
      if (deep) {
        content.blocks().forEach(checksums::update);
        checksums.finish();
      }
      long size = content.chunk().size();
      return deep && checksums.whole() != content.chunk().crc32c()
          ? List.of(new CorruptChunkException(chunkId, 0, size, "the CRC32C does not match"))
          : List.of();
    } finally {
      content.release();
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
    public void write(ByteBuffer data) throws StoreFullException {
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

    private void reserve(int bytes) throws StoreFullException {
      if (reservedBytes.addAndGet(bytes) > capacityBytes) {
        reservedBytes.addAndGet(-bytes);
        throw new StoreFullException(
            "the memory store holds " + capacityBytes + " bytes and is full");
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
      checksums.finish();
      StoredChunk chunk = new StoredChunk(chunkId, version, size, checksums.whole(), Instant.now());
      Content before = contents.put(chunkId, new Content(chunk, List.copyOf(blocks), memory));
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

  private static final class Reader implements ChunkReader {
    private final Content content;
    private boolean closed;

    Reader(Content content) {
      this.content = content;
    }

    @Override
    public StoredChunk chunk() {
      return content.chunk();
    }

    @Override
    public ByteBuffer read(long offset, int maxBytes) {
      if (offset < 0 || offset > chunk().size()) {
        throw new IndexOutOfBoundsException(offset + " is outside of " + chunk().size() + " bytes");
      }
      if (offset == chunk().size()) {
        return ByteBuffer.allocate(0);
      }
      ByteBuffer block = content.blocks().get((int) (offset / BLOCK_BYTES));
      int inBlock = (int) (offset % BLOCK_BYTES);
      return block.slice(inBlock, Math.min(maxBytes, block.limit() - inBlock));
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        content.release();
      }
    }
  }

  /** A chunk and the blocks it occupies while the store or a reader holds it. */
  private static final class Content {
    private final StoredChunk chunk;
    private final List<ByteBuffer> blocks;
    private final MemoryBlocks memory;
    private int holders = 1;

    Content(StoredChunk chunk, List<ByteBuffer> blocks, MemoryBlocks memory) {
      this.chunk = chunk;
      this.blocks = blocks;
      this.memory = memory;
    }

    StoredChunk chunk() {
      return chunk;
    }

    List<ByteBuffer> blocks() {
      return blocks;
    }

    /** Answers whether the blocks are still there, and from then on stay. */
    synchronized boolean hold() {
      if (holders == 0) {
        return false;
      }
      holders++;
      return true;
    }

    synchronized void release() {
      if (--holders == 0) {
        blocks.forEach(memory::give);
      }
    }
  }
}
