package io.mooseng.bench.core.target.grpc;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Ends calls that take too long. All calls of a client have the same deadline, so the order in
 * which they begin is the order in which they expire: a list and one timer for all of them, where
 * gRPC would start and stop a timer for each, and send a header that the server would do the same
 * for. The server learns of an expired call by its cancellation. Safe for any number of threads.
 */
final class Deadlines {

  private final long deadlineNanos;
  private final ScheduledExecutorService timer;
  private final Timed ends = new Ends();
  private boolean scheduled;

  Deadlines(Duration deadline, ScheduledExecutorService timer) {
    this.deadlineNanos = deadline.toNanos();
    this.timer = timer;
    ends.next = ends;
    ends.previous = ends;
  }

  /** What has a deadline, one at a time. The fields are guarded by the {@link Deadlines}. */
  abstract static class Timed {

    private Timed previous;
    private Timed next;
    private long expiresAt;

    /** The deadline has passed. */
    abstract void expire();
  }

  /** Both ends of the list. */
  private static final class Ends extends Timed {
    @Override
    void expire() {
      throw new IllegalStateException("it never begins");
    }
  }

  /** The deadline of {@code call} begins now. */
  void add(Timed call) {
    long now = System.nanoTime();
    synchronized (this) {
      call.expiresAt = now + deadlineNanos;
      call.previous = ends.previous;
      call.next = ends;
      ends.previous.next = call;
      ends.previous = call;
      if (!scheduled) {
        schedule(deadlineNanos);
      }
    }
  }

  /** The call has ended; does nothing if it has expired. */
  synchronized void remove(Timed call) {
    if (call.next != null) {
      call.previous.next = call.next;
      call.next.previous = call.previous;
      call.previous = null;
      call.next = null;
    }
  }

  private void schedule(long delayNanos) {
    scheduled = true;
    timer.schedule(this::expire, delayNanos, TimeUnit.NANOSECONDS);
  }

  private void expire() {
    List<Timed> expired = new ArrayList<>();
    synchronized (this) {
      scheduled = false;
      long now = System.nanoTime();
      while (ends.next != ends) {
        long left = ends.next.expiresAt - now;
        if (left > 0) {
          schedule(left);
          break;
        }
        expired.add(ends.next);
        remove(ends.next);
      }
    }
    expired.forEach(Timed::expire);
  }
}
