package io.mooseng.bench.dist;

import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;

/**
 * The least a program can do to be on time: it parks until shortly before the next start, spins for
 * the rest, and notes how late it is. Prints p99.9 of that, in nanoseconds.
 */
final class BareLoop {

  private static final int WARM_UP = 4_000;
  private static final long SPIN_NANOS = 120_000;

  private BareLoop() {}

  /** Arguments: starts per second; how many of them. */
  public static void main(String[] args) {
    long gapNanos = 1_000_000_000L / Long.parseLong(args[0]);
    run(gapNanos, new long[WARM_UP]);
    long[] late = new long[Integer.parseInt(args[1])];
    run(gapNanos, late);
    Arrays.sort(late);
    System.out.println(late[(int) Math.ceil(late.length * 0.999) - 1]);
  }

  private static void run(long gapNanos, long[] late) {
    long begin = System.nanoTime() + gapNanos;
    for (int i = 0; i < late.length; i++) {
      long due = begin + i * gapNanos;
      long left = due - System.nanoTime();
      while (left > 0) {
        if (left > SPIN_NANOS) {
          LockSupport.parkNanos(left - SPIN_NANOS);
        } else {
          Thread.onSpinWait();
        }
        left = due - System.nanoTime();
      }
      late[i] = System.nanoTime() - due;
    }
  }
}
