package io.mooseng.bench.core.result;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Names that occur in bytes again and again, made into text once each. Used by one thread.
 *
 * <p>A name takes the place of another one with the same hash: those of a run are few.
 */
final class ByteNames {

  private static final int SLOTS = 256;

  private final byte[][] known = new byte[SLOTS][];
  private final String[] names = new String[SLOTS];

  /** The bytes from {@code from} to before {@code to}, which are UTF-8, as text. */
  String of(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int at = from; at < to; at++) {
      hash = 31 * hash + bytes[at];
    }
    int slot = hash & SLOTS - 1;
    byte[] last = known[slot];
    if (last == null || !Arrays.equals(last, 0, last.length, bytes, from, to)) {
      known[slot] = Arrays.copyOfRange(bytes, from, to);
      names[slot] = new String(bytes, from, to - from, StandardCharsets.UTF_8);
    }
    return names[slot];
  }
}
