package io.mooseng.bench.core.server.chunk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.function.Consumer;

/** A chunk in memory, and the blocks it occupies while the store, a reader or a writer holds it. */
final class MemoryChunk {

  private static final int BLOCK_BYTES = MemoryBlocks.BLOCK_BYTES;

  private final MemoryBlocks memory;
  private final ReadWriteLock lock;

  /** All but the last are full; the limit of each is where its bytes end. */
  private final List<ByteBuffer> blocks;

  private final BlockTable table;
  private volatile StoredChunk chunk;
  private volatile long changes;
  private long changesInChunk;
  private boolean givenUp;
  private int holders = 1;

  /**
   * @param blocks now owned by this
   * @param checksums of the blocks of a {@link BlockTable}, which are others
   */
  MemoryChunk(
      StoredChunk chunk,
      List<ByteBuffer> blocks,
      int[] checksums,
      MemoryBlocks memory,
      ReadWriteLock lock) {
    this.chunk = chunk;
    this.blocks = blocks;
    this.table = new BlockTable(chunk.chunkId(), checksums, chunk.size());
    this.memory = memory;
    this.lock = lock;
  }

  StoredChunk chunk() {
    return chunk;
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

  /**
   * The store holds it no more, and nobody may change it from now on.
   *
   * @return the bytes it occupies, some of them perhaps of writes that were not committed
   */
  long giveUp() {
    lock.writeLock().lock();
    try {
      givenUp = true;
      return table.extent();
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** The chunk as of now, and a reader of it. */
  ChunkReader reader() {
    lock.readLock().lock();
    try {
      return new Reader(chunk, changesInChunk);
    } finally {
      lock.readLock().unlock();
    }
  }

  /** Bytes of one block of memory; who calls holds the lock while the buffer is in use. */
  private ByteBuffer bytes(long offset, int length) {
    if (length == 0) {
      return ByteBuffer.allocate(0);
    }
    ByteBuffer block = blocks.get((int) (offset / BLOCK_BYTES));
    int inBlock = (int) (offset % BLOCK_BYTES);
    return block.slice(inBlock, Math.min(length, block.limit() - inBlock));
  }

  List<CorruptChunkException> verify() {
    List<CorruptChunkException> damage = new ArrayList<>();
    lock.readLock().lock();
    try {
      for (int block = 0; block < BlockChecksums.blocksOf(table.extent()); block++) {
        try {
          table.verify(block, bytes(BlockTable.startOf(block), BlockChecksums.BLOCK_BYTES));
        } catch (CorruptChunkException e) {
          damage.add(e);
        }
      }
    } finally {
      lock.readLock().unlock();
    }
    return damage;
  }

  /**
   * Writes a frame at its place.
   *
   * @param reserve takes how many bytes the chunk grows by; throws if there is no room for them
   */
  void put(long offset, ByteBuffer data, Reservation reserve) throws IOException {
    Lock writing = lock.writeLock();
    writing.lock();
    try {
      requireKept();
      long end = offset + data.remaining();
      int[] checksums = table.with(offset, data, this::bytes);
      reserve.take(Math.max(0, end - table.extent()));
      copy(offset, data);
      table.install(offset, end, checksums);
      changes++;
    } finally {
      writing.unlock();
    }
  }

  private void requireKept() throws UnknownChunkException {
    if (givenUp) {
      throw new UnknownChunkException(chunk.chunkId());
    }
  }

  private void copy(long offset, ByteBuffer data) throws StoreFullException {
    for (long at = offset; data.hasRemaining(); ) {
      int inBlock = (int) (at % BLOCK_BYTES);
      int part = Math.min(BLOCK_BYTES - inBlock, data.remaining());
      ByteBuffer block = blockFor(at, inBlock + part);
      block.put(inBlock, data, data.position(), part);
      data.position(data.position() + part);
      at += part;
    }
  }

  /** The block at {@code offset}, with room for {@code bytes}. */
  private ByteBuffer blockFor(long offset, int bytes) throws StoreFullException {
    int index = (int) (offset / BLOCK_BYTES);
    if (index == blocks.size()) {
      blocks.add(memory.take(bytes).limit(bytes));
    }
    ByteBuffer block = blocks.get(index);
    if (block.capacity() < bytes) {
      // Twice as much: who appends often does not copy often.
      ByteBuffer larger = memory.take(Math.min(BLOCK_BYTES, Math.max(bytes, 2 * block.capacity())));
      larger.put(0, block, 0, block.limit());
      blocks.set(index, larger.limit(Math.max(bytes, block.limit())));
      return larger;
    }
    return block.limit(Math.max(bytes, block.limit()));
  }

  /** Ends a change in place; {@code end} is where the bytes that were written end. */
  StoredChunk change(int version, long end) throws IOException {
    lock.writeLock().lock();
    try {
      requireKept();
      long size = Math.max(chunk.size(), end);
      chunk = chunk.changed(version, size, table.whole(size, this::bytes), Instant.now());
      changesInChunk = changes;
      return chunk;
    } finally {
      lock.writeLock().unlock();
    }
  }

  /** Sets bytes aside. */
  @FunctionalInterface
  interface Reservation {
    void take(long bytes) throws StoreFullException;
  }

  private final class Reader implements ChunkReader {
    private final StoredChunk opened;
    private final long changesInOpened;
    private boolean closed;

    Reader(StoredChunk opened, long changesInOpened) {
      this.opened = opened;
      this.changesInOpened = changesInOpened;
    }

    @Override
    public StoredChunk chunk() {
      return opened;
    }

    @Override
    public int read(long offset, int maxBytes, Consumer<ByteBuffer> taker) {
      if (offset < 0 || offset > opened.size()) {
        throw new IndexOutOfBoundsException(offset + " is outside of " + opened.size() + " bytes");
      }
      int length = (int) Math.min(maxBytes, opened.size() - offset);
      // Held while the bytes are taken: they are not copied, and might change otherwise.
      lock.readLock().lock();
      try {
        ByteBuffer bytes = bytes(offset, length);
        int given = bytes.remaining();
        taker.accept(bytes);
        return given;
      } finally {
        lock.readLock().unlock();
      }
    }

    @Override
    public boolean changed() {
      return changes != changesInOpened;
    }

    @Override
    public void close() {
      if (!closed) {
        closed = true;
        release();
      }
    }
  }
}
