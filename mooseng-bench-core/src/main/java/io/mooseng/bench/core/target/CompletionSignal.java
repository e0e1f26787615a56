package io.mooseng.bench.core.target;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * Lets threads wait for the asynchronous operations of a driver; what {@link TargetDriver#await}
 * needs where completions come from threads. Safe for use by any number of threads.
 */
public final class CompletionSignal {

  /**
   * Upper bound of the time between two checks. An action that a caller attaches to a future that
   * is complete already runs in the caller, after the signal; without the bound, another thread
   * that waits for the effect of that action would miss it.
   */
  private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition completed = lock.newCondition();

  /** Written under the lock only. */
  private volatile int waiting;

  /** To be called after an operation and all that depends on it has completed. */
  public void signal() {
    if (waiting == 0) {
      return;
    }
    lock.lock();
    try {
      completed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until {@code condition} holds; it is checked after every {@link #signal}. */
  public void await(BooleanSupplier condition) throws InterruptedException {
    if (condition.getAsBoolean()) {
      return;
    }
    lock.lockInterruptibly();
    waiting++;
    try {
      while (!condition.getAsBoolean()) {
        completed.awaitNanos(RECHECK_NANOS);
      }
    } finally {
      waiting--;
      lock.unlock();
    }
  }
}
