package io.mooseng.bench.core.target;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets threads wait for the asynchronous operations of a driver; what {@link TargetDriver#await}
 * needs where completions come from threads. Safe for use by any number of threads.
 *
 * <p>The thread that signals looks at the conditions itself, and wakes only those whose wait is
 * over: waking a thread costs more than many operations do.
 */
public final class CompletionSignal {

  /**
   * Upper bound of the time between two checks. An action that a caller attaches to a future that
   * is complete already runs in the caller, after the signal; without the bound, another thread
   * that waits for the effect of that action would miss it.
   */
  private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Queue<Waiter> waiters = new ConcurrentLinkedQueue<>();

  /** To be called after an operation and all that depends on it has completed. */
  public void signal() {
    if (!waiters.isEmpty()) {
      waiters.forEach(Waiter::wakeIfDone);
    }
  }

  /**
   * Waits until {@code condition} holds; it is checked after every {@link #signal}, by the thread
   * that signals, too.
   */
  public void await(BooleanSupplier condition) throws InterruptedException {
    if (condition.getAsBoolean()) {
      return;
    }
    Waiter waiter = new Waiter(Thread.currentThread(), condition);
    // Added before the condition is read: a completion either sees the waiter or is seen by it.
    waiters.add(waiter);
    try {
      waiter.await();
    } finally {
      waiters.remove(waiter);
    }
  }

  /** A thread that waits. */
  private static final class Waiter {

    private final Thread thread;
    private final BooleanSupplier condition;
    private volatile boolean woken;

    Waiter(Thread thread, BooleanSupplier condition) {
      this.thread = thread;
      this.condition = condition;
    }

    void await() throws InterruptedException {
      while (!condition.getAsBoolean()) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        LockSupport.parkNanos(this, RECHECK_NANOS);
        woken = false;
      }
    }

    void wakeIfDone() {
      if (!woken && condition.getAsBoolean()) {
        woken = true;
        LockSupport.unpark(thread);
      }
    }
  }
}
