package io.mooseng.bench.multiregion;

import java.util.Arrays;
import java.util.function.BooleanSupplier;

/** How long operations took that were done one after the other, by one thread. */
final class LatencySeries {

  private final long[] nanos;
  private int count;

  /**
   * An empty series.
   *
   * @param most operations that are timed
   */
  LatencySeries(int most) {
    this.nanos = new long[most];
  }

  /** Does an operation and answers whether it succeeded; only then it counts. */
  boolean time(BooleanSupplier operation) {
    long start = System.nanoTime();
    boolean succeeded = operation.getAsBoolean();
    if (succeeded) {
      nanos[count++] = System.nanoTime() - start;
    }
    return succeeded;
  }

  /** Of those that succeeded, in their order. */
  long[] nanos() {
    return Arrays.copyOf(nanos, count);
  }

  int count() {
    return count;
  }
}
