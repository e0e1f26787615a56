package io.mooseng.bench.core.target.grpc;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/**
 * Lets threads wait for what completed operations bring about. Safe for any number of threads;
 * {@link #announce} costs one volatile read while nobody waits.
 */
final class Completions {

  private final AtomicInteger waiting = new AtomicInteger();

  /** Makes waiters look at their conditions again; called after an operation's completion. */
  void announce() {
    if (waiting.get() > 0) {
      synchronized (waiting) {
        waiting.notifyAll();
      }
    }
  }

  /** Returns once {@code condition} holds; it is checked at first and after every completion. */
  void await(BooleanSupplier condition) throws InterruptedException {
    // Counted before the condition is read: a completion either sees the waiter or is seen by it.
    waiting.incrementAndGet();
    try {
      synchronized (waiting) {
        while (!condition.getAsBoolean()) {
          waiting.wait();
        }
      }
    } finally {
      waiting.decrementAndGet();
    }
  }
}
