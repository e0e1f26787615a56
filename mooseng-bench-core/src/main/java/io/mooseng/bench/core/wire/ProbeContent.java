package io.mooseng.bench.core.wire;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import io.mooseng.bench.core.random.SeededRandom;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The bytes that a probe of the network moves: a function of a seed, so that client and server can
 * each compute what must arrive; incompressible. What is shorter is the beginning of what is
 * longer. Immutable; safe for any number of threads.
 */
public final class ProbeContent {

  /** Below the largest message that the embedded server takes, with room for the other fields. */
  public static final int MOST_BYTES = 4 << 20;

  private final long seed;
  private final ByteString bytes;

  private ProbeContent(long seed, ByteString bytes) {
    this.seed = seed;
    this.bytes = bytes;
  }

  /**
   * @param length 0 to {@value #MOST_BYTES}
   * @throws IllegalArgumentException naming the length and what is accepted
   */
  public static ProbeContent of(long seed, int length) {
    if (length < 0 || length > MOST_BYTES) {
      throw new IllegalArgumentException(
          "%s B of probe content; accepted: 0 to %d B"
              .formatted(Integer.toUnsignedString(length), MOST_BYTES));
    }
    int longs = (length + Long.BYTES - 1) / Long.BYTES;
    ByteBuffer content = ByteBuffer.allocate(longs * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    SeededRandom random = new SeededRandom(seed);
    for (int i = 0; i < longs; i++) {
      content.putLong(random.nextLong());
    }
    return new ProbeContent(seed, UnsafeByteOperations.unsafeWrap(content.array(), 0, length));
  }

  /** Whether this begins with what {@link #of} would make. */
  public boolean covers(long otherSeed, int length) {
    return otherSeed == seed && length >= 0 && length <= bytes.size();
  }

  /** The first bytes, without copying them; see {@link #covers}. */
  public ByteString first(int length) {
    return bytes.substring(0, length);
  }
}
