package io.mooseng.bench.core.workload;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.random.SeededRandom;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;

/**
 * The content of a file: a pure function of (seed, variant, size), incompressible, and readable at
 * any offset without holding the whole file.
 *
 * <p>Content is a sequence of {@link #BLOCK_BYTES} blocks, each a window at a pseudo-random byte
 * offset into one pool of {@value #POOL_BYTES} random bytes. A window is found by arithmetic, so
 * producing payload costs no more than reading memory.
 *
 * <p>Immutable and safe for use by any number of threads.
 */
public final class Payload implements Content {

  /** Content is contiguous in memory within blocks of this many bytes. */
  public static final int BLOCK_BYTES = 1 << 20;

  /** Contents above this are not yet covered by tests. */
  public static final ByteSize LARGEST = ByteSize.parse("8GB");

  private static final int POOL_BYTES = 16 << 20;
  private static final Map<Long, ByteBuffer> POOLS = new ConcurrentHashMap<>();

  private static final int[] NONE = {};

  private final ByteBuffer pool;
  private final long key;

  /** Where in the content of the variant this payload begins; 0 but for a {@link #part}. */
  private final long begin;

  private final long size;

  /** Empty for a part, which is written and not read back by itself. */
  private final int[] blockCrcs;

  private Payload(ByteBuffer pool, long key, long size) {
    this.pool = pool;
    this.key = key;
    this.begin = 0;
    this.size = size;
    this.blockCrcs = crcsOfBlocks(NONE);
  }

  /** The same variant at another size, of which {@code shorter} knows the first checksums. */
  private Payload(Payload shorter, long size) {
    this.pool = shorter.pool;
    this.key = shorter.key;
    this.begin = 0;
    this.size = size;
    int whole = (int) (shorter.size / BLOCK_BYTES);
    this.blockCrcs = crcsOfBlocks(Arrays.copyOf(shorter.blockCrcs, whole));
  }

  private Payload(Payload whole, long begin, long size) {
    this.pool = whole.pool;
    this.key = whole.key;
    this.begin = begin;
    this.size = size;
    this.blockCrcs = NONE;
  }

  /**
   * The payload of {@code seed} and {@code variant}.
   *
   * @param variant tells payloads of one seed and size apart
   */
  public static Payload of(long seed, long variant, ByteSize size) {
    ByteBuffer pool = POOLS.computeIfAbsent(seed, Payload::fill);
    return new Payload(pool, SeededRandom.mix(seed ^ SeededRandom.mix(variant + 1)), size.bytes());
  }

  /**
   * The given bytes themselves, {@link #BLOCK_BYTES} at most: for the little that a run writes
   * besides payload.
   */
  public static Payload ofBytes(byte[] content) {
    if (content.length > BLOCK_BYTES) {
      throw new IllegalArgumentException(
          "%d bytes of content; accepted: up to %d".formatted(content.length, BLOCK_BYTES));
    }
    return new Payload(ByteBuffer.wrap(content.clone()).asReadOnlyBuffer(), 0, content.length);
  }

  /**
   * The payload of the same seed and variant that is longer: it begins with this one. Takes time in
   * proportion to what is added.
   *
   * @throws IllegalArgumentException if it would be shorter, or this is a {@link #part}
   */
  public Payload extendedTo(long longerSize) {
    if (longerSize < size || isPart()) {
      throw new IllegalArgumentException(
          "%d bytes %sextended to %d".formatted(size, isPart() ? "of a part " : "", longerSize));
    }
    return new Payload(this, longerSize);
  }

  /**
   * Some bytes of this payload as one of their own, to be written in their place.
   *
   * @throws IndexOutOfBoundsException if there are no such bytes
   */
  public Payload part(long offset, long length) {
    Content.requireWithin(offset, length, size);
    return new Payload(this, begin + offset, length);
  }

  private boolean isPart() {
    return size > 0 && blockCrcs.length == 0;
  }

  private static ByteBuffer fill(long seed) {
    ByteBuffer pool = ByteBuffer.allocateDirect(POOL_BYTES);
    SeededRandom random = new SeededRandom(seed);
    while (pool.hasRemaining()) {
      pool.putLong(random.nextLong());
    }
    return pool.flip().asReadOnlyBuffer();
  }

  @Override
  public long size() {
    return size;
  }

  /** CRC32C (RFC 3720, appendix B.4) of the whole content. */
  public int crc32c() {
    return crc32c(0, size);
  }

  /** Of a whole block, the checksum is known beforehand; see {@link Content#crc32c}. */
  @Override
  public int crc32c(long offset, long length) {
    boolean wholeBlock =
        length > 0
            && !isPart()
            && offset % BLOCK_BYTES == 0
            && length == Math.min(BLOCK_BYTES, size - offset);
    return wholeBlock
        ? blockCrcs[(int) (offset / BLOCK_BYTES)]
        : Content.super.crc32c(offset, length);
  }

  /** As {@link Content#slice}: contiguous until the block or the file ends. */
  @Override
  public ByteBuffer slice(long offset, int length) {
    if (offset < 0 || offset > size) {
      throw new IndexOutOfBoundsException(offset + " is outside of a file of " + size + " bytes");
    }
    long at = begin + offset;
    int inBlock = (int) (at % BLOCK_BYTES);
    long available = Math.min(BLOCK_BYTES - inBlock, size - offset);
    int windows = Math.max(1, pool.capacity() - BLOCK_BYTES);
    long window = Math.floorMod(SeededRandom.mix(key + at / BLOCK_BYTES), windows);
    return pool.slice((int) window + inBlock, (int) Math.min(length, available));
  }

  /**
   * @param known those of the first blocks
   */
  private int[] crcsOfBlocks(int[] known) {
    int blocks = Math.toIntExact((size + BLOCK_BYTES - 1) / BLOCK_BYTES);
    int[] crcs = Arrays.copyOf(known, blocks);
    CRC32C crc = new CRC32C();
    for (int block = known.length; block < blocks; block++) {
      crc.reset();
      crc.update(slice((long) block * BLOCK_BYTES, BLOCK_BYTES));
      crcs[block] = (int) crc.getValue();
    }
    return crcs;
  }
}
