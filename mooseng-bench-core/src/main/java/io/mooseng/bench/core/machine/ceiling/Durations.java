package io.mooseng.bench.core.machine.ceiling;

import java.util.Arrays;

/** Durations of one kind in nanoseconds, kept exactly. Used by one thread. */
final class Durations {

  private long[] nanos = new long[4096];
  private int count;

  void add(long duration) {
    if (count == nanos.length) {
      nanos = Arrays.copyOf(nanos, count * 2);
    }
    nanos[count++] = duration;
  }

  /** The lower median; at least one nanosecond, where a clock is too coarse to tell. */
  long median() {
    if (count == 0) {
      throw new IllegalStateException("no durations");
    }
    long[] sorted = Arrays.copyOf(nanos, count);
    Arrays.sort(sorted);
    return Math.max(1, sorted[(count - 1) / 2]);
  }
}
