package io.mooseng.bench.core.target;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many asynchronous operations are under way at once, in a closed loop: the next one
 * starts when one of them has ended. Safe for use by any number of threads, without locks.
 *
 * <p>Up to as many operations again are taken in advance and started by the thread that ends
 * another one, usually the driver's: the loop is never idle while the thread that feeds it is being
 * woken, which costs more than many a call. Of operations so short that this thread would be woken
 * more than about a thousand times a second, more are taken in advance, up to {@value #MOST_AHEAD}.
 */
public final class InFlightWindow implements Place {

  /** A wait for room shorter than this comes too often, */
  private static final long SHORT_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

  /** and one longer than this keeps too many operations that nobody has started. */
  private static final long LONG_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private static final int MOST_AHEAD = 512;

  private final int limit;

  /** Most operations taken in advance, at least {@link #limit}. */
  private volatile int ahead;

  private final AtomicInteger inFlight = new AtomicInteger();
  private final Queue<Start> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();

  /** Starts one operation. */
  @FunctionalInterface
  interface Start {
    /**
     * @return whether the operation has ended already; if not, its end calls {@link #leave}
     */
    boolean run();
  }

  /**
   * @param limit most operations at once, at least 1
   */
  public InFlightWindow(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("inFlight is " + limit + "; accepted: 1 or more");
    }
    this.limit = limit;
    this.ahead = limit;
  }

  /** Takes an operation; waits first if as many as may be under way wait for their start. */
  void submit(Target target, Start operation) throws InterruptedException {
    if (waitingCount.get() >= ahead) {
      awaitRoom(target);
    }
    waitingCount.incrementAndGet();
    waiting.add(operation);
    startWaiting();
  }

  private void awaitRoom(Target target) throws InterruptedException {
    int most = ahead;
    long start = target.nanoTime();
    // Half of them: so that one wake-up pays for many operations.
    target.await(() -> waitingCount.get() <= most / 2);
    long waited = target.nanoTime() - start;
    if (waited < SHORT_NANOS) {
      ahead = Math.max(limit, Math.min(2 * most, MOST_AHEAD));
    } else if (waited > LONG_NANOS) {
      ahead = Math.max(limit, most / 2);
    }
  }

  @Override
  public void ended(boolean success) {
    // Whether it was one makes no difference here.
  }

  /** An operation that was under way has ended. */
  @Override
  public void leave() {
    inFlight.decrementAndGet();
    startWaiting();
  }

  private void startWaiting() {
    while (tryEnter()) {
      Start next = waiting.poll();
      if (next == null) {
        inFlight.decrementAndGet();
        // One that was added meanwhile may have found the place taken.
        if (waiting.isEmpty()) {
          return;
        }
      } else {
        waitingCount.decrementAndGet();
        if (next.run()) {
          inFlight.decrementAndGet();
        }
      }
    }
  }

  private boolean tryEnter() {
    int now = inFlight.get();
    while (now < limit) {
      if (inFlight.compareAndSet(now, now + 1)) {
        return true;
      }
      now = inFlight.get();
    }
    return false;
  }

  /** Waits until every operation of this window has ended. */
  public void drain(Target target) throws InterruptedException {
    target.await(() -> waitingCount.get() == 0 && inFlight.get() == 0);
  }
}
