package io.mooseng.bench.core.target;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * How many operations were ordered and not begun, and the threads that wait for one. Safe for use
 * by any number of threads, without locks.
 *
 * <p>A semaphore would do, but for two things. One that is fair has a thread queue for its next
 * permit behind all that are still being woken, so that it loses its processor after every
 * operation. And either wakes those that wait one after the other, each by the one before: with
 * hundreds of threads on busy processors that takes longer than an iteration. Here a thread takes
 * what is there, and each order wakes one of those that wait.
 */
final class Orders {

  private final AtomicInteger left = new AtomicInteger();
  private final Queue<Thread> idle = new ConcurrentLinkedQueue<>();

  /** How many are left to be taken. */
  int left() {
    return left.get();
  }

  /** One more. */
  void add() {
    left.incrementAndGet();
    wakeOne();
  }

  /**
   * Takes back what is left beyond {@code most}; nobody will take it.
   *
   * @return how many
   */
  int withdraw(int most) {
    int before = left.getAndUpdate(now -> Math.min(now, most));
    return Math.max(0, before - most);
  }

  private void wakeOne() {
    Thread waiting = idle.poll();
    if (waiting != null) {
      LockSupport.unpark(waiting);
    }
  }

  /** Takes one; waits until there is one. */
  void take() throws InterruptedException {
    Thread own = Thread.currentThread();
    while (!tryTake()) {
      // Before looking again: an order that is added now finds this thread, or is found by it.
      idle.add(own);
      if (left.get() == 0 && !own.isInterrupted()) {
        LockSupport.park(this);
      }
      idle.remove(own);
      if (Thread.interrupted()) {
        // An order may have woken this thread, and wakes another now.
        wakeOne();
        throw new InterruptedException();
      }
    }
  }

  private boolean tryTake() {
    int now = left.get();
    while (now > 0) {
      if (left.compareAndSet(now, now - 1)) {
        return true;
      }
      now = left.get();
    }
    return false;
  }
}
