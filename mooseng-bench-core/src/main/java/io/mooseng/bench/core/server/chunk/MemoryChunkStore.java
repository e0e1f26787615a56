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
 * Chunks on the heap, in blocks of at most 256 KiB: small enough for any collector to place without
 * looking for one large hole.
 */
public final class MemoryChunkStore implements ChunkStore {

  private static final int BLOCK_BYTES = 256 << 10;

  private record Content(StoredChunk chunk, List<ByteBuffer> blocks) {}

  private final NavigableMap<Long, Content> contents = new ConcurrentSkipListMap<>();
  private final AtomicLong reservedBytes = new AtomicLong();
  private final long capacityBytes;

  /** A store of half of the heap: the rest is for calls under way. */
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
    return new Reader(known(chunkId));
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
    removed.ifPresent(content -> reservedBytes.addAndGet(-content.chunk().size()));
    return removed.map(Content::chunk);
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
    Content content = known(chunkId);
    if (deep) {
      BlockChecksums checksums = new BlockChecksums(content.chunk().size());
      content.blocks().forEach(checksums::update);
      checksums.finish();
      if (checksums.whole() != content.chunk().crc32c()) {
        long size = content.chunk().size();
        return List.of(new CorruptChunkException(chunkId, 0, size, "the CRC32C does not match"));
      }
    }
    return List.of();
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
          block = ByteBuffer.allocate((int) Math.min(BLOCK_BYTES, left));
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
        blocks.add(block.flip().asReadOnlyBuffer());
      }
    }

    @Override
    public StoredChunk commit() {
      endBlock();
      checksums.finish();
      StoredChunk chunk = new StoredChunk(chunkId, version, size, checksums.whole(), Instant.now());
      Content before = contents.put(chunkId, new Content(chunk, List.copyOf(blocks)));
      committed = true;
      if (before != null) {
        reservedBytes.addAndGet(-before.chunk().size());
      }
      return chunk;
    }

    @Override
    public void close() {
      if (!committed) {
        reservedBytes.addAndGet(-size);
        size = 0;
      }
    }
  }

  private record Reader(Content content) implements ChunkReader {

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
    public void close() {}
  }
}
