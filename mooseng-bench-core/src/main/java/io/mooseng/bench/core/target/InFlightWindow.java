package io.mooseng.bench.core.target;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many asynchronous operations are under way at once, in a closed loop: the next one
 * starts when one of them has ended. Safe for use by any number of threads.
 */
public final class InFlightWindow {

  private final int limit;
  private final AtomicInteger inFlight = new AtomicInteger();

  /**
   * @param limit most operations at once, at least 1
   */
  public InFlightWindow(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("inFlight is " + limit + "; accepted: 1 or more");
    }
    this.limit = limit;
  }

  /** Waits for room and takes it. */
  void enter(Target target) throws InterruptedException {
    while (!tryEnter()) {
      target.await(() -> inFlight.get() < limit);
    }
  }

  private boolean tryEnter() {
    int now = inFlight.get();
    return now < limit && inFlight.compareAndSet(now, now + 1);
  }

  void leave() {
    inFlight.decrementAndGet();
  }

  /** Waits until every operation of this window has ended. */
  public void drain(Target target) throws InterruptedException {
    target.await(() -> inFlight.get() == 0);
  }
}
