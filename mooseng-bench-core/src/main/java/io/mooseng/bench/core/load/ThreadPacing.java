package io.mooseng.bench.core.load;

import io.mooseng.bench.core.measure.Ticker;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Lets a thread wait in real time. One thread waits at a time; any number may signal.
 *
 * <p>A parked thread wakes up late: Linux adds its timer slack of 50 µs (prctl(2),
 * PR_SET_TIMERSLACK) and the time to schedule it. So the thread is parked until shortly before its
 * time, and spins for the rest.
 */
public final class ThreadPacing implements Pacing {

  /** Beyond the timer slack and a wake-up on an idle core; not more, for it keeps a core busy. */
  private static final long SPIN_NANOS = TimeUnit.MICROSECONDS.toNanos(120);

  /** Upper bound of the time between two looks at a condition; a signal usually comes first. */
  private static final long RECHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final Ticker ticker;
  private volatile Waiter waiter;

  /** A pacing by the clock of this machine. */
  public ThreadPacing() {
    this(Ticker.SYSTEM);
  }

  ThreadPacing(Ticker ticker) {
    this.ticker = ticker;
  }

  @Override
  public Ticker ticker() {
    return ticker;
  }

  @Override
  public void sleepUntil(long nanos) throws InterruptedException {
    long left = nanos - ticker.nanoTime();
    while (left > 0) {
      throwIfInterrupted();
      if (left > SPIN_NANOS) {
        LockSupport.parkNanos(this, left - SPIN_NANOS);
      } else {
        Thread.onSpinWait();
      }
      left = nanos - ticker.nanoTime();
    }
  }

  @Override
  public void await(BooleanSupplier condition, long mostNanos) throws InterruptedException {
    long begin = ticker.nanoTime();
    Waiter waiting = new Waiter(Thread.currentThread(), condition);
    // Set before the condition is read: a signal either sees the waiter or was seen by it.
    waiter = waiting;
    try {
      long left = mostNanos;
      while (left > 0 && !condition.getAsBoolean()) {
        throwIfInterrupted();
        LockSupport.parkNanos(this, Math.min(left, RECHECK_NANOS));
        waiting.woken = false;
        left = mostNanos - (ticker.nanoTime() - begin);
      }
    } finally {
      waiter = null;
    }
  }

  private static void throwIfInterrupted() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
  }

  /** Wakes the waiting thread only if its wait is over: to wake it costs more than to look. */
  @Override
  public void signal() {
    Waiter waiting = waiter;
    if (waiting != null && !waiting.woken && waiting.condition.getAsBoolean()) {
      waiting.woken = true;
      LockSupport.unpark(waiting.thread);
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
  }
}
