package io.mooseng.bench.core.load;

import io.mooseng.bench.core.workload.arrival.Arrivals;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Starts operations at the times a schedule wants them to start, whatever the target does: an open
 * loop. A target that is slow does not slow the schedule down. Where as many operations as allowed
 * are under way, the next ones wait, in their order, and start late; their response time counts
 * from the intended start, so that a stall is seen by every operation it delays, not only by the
 * one it hit (coordinated omission; G. Tene, <i>How NOT to Measure Latency</i>).
 *
 * <p>An operation that could not be started by the end of the schedule and a grace time after it is
 * dropped. What was started is waited for.
 *
 * <p>Immutable: any number of schedules may be run, one after the other for each {@link Pacing}.
 */
public final class OpenLoop {

  /** How long after its end a schedule may still catch up, unless told otherwise. */
  public static final Duration GRACE = Duration.ofSeconds(1);

  private final Pacing pacing;
  private final int inFlight;
  private final long graceNanos;

  /**
   * @param inFlight most operations under way at once, at least 1
   */
  public OpenLoop(Pacing pacing, int inFlight) {
    this(pacing, inFlight, GRACE);
  }

  /**
   * @param inFlight most operations under way at once, at least 1
   * @param grace how long after its end a schedule may still start what is overdue; not negative
   */
  public OpenLoop(Pacing pacing, int inFlight, Duration grace) {
    if (inFlight < 1) {
      throw new IllegalArgumentException("inFlight is " + inFlight + "; accepted: 1 or more");
    }
    if (grace.isNegative()) {
      throw new IllegalArgumentException("a grace time of " + grace);
    }
    this.pacing = pacing;
    this.inFlight = inFlight;
    this.graceNanos = grace.toNanos();
  }

  /**
   * Runs a schedule that begins now; see {@link #run(Arrivals, Duration, long,
   * ScheduledOperations)}.
   */
  public LoadOutcome run(Arrivals arrivals, Duration length, ScheduledOperations operations)
      throws InterruptedException {
    return run(arrivals, length, pacing.ticker().nanoTime(), operations);
  }

  /**
   * Runs a schedule, and returns when its last operation has ended. The calling thread paces it.
   *
   * @param arrivals a new pass; it is taken to its end
   * @param length of the schedule; no arrival is later
   * @param beginNanos when the schedule begins on the clock of the pacing
   * @throws InterruptedException if the thread is; nothing more is started, and what is under way
   *     is not waited for
   * @throws RuntimeException what {@code operations} threw, after the end of what is under way
   */
  public LoadOutcome run(
      Arrivals arrivals, Duration length, long beginNanos, ScheduledOperations operations)
      throws InterruptedException {
    return new Pass(arrivals, length.toNanos(), beginNanos, operations).run();
  }

  /**
   * One run of a schedule.
   *
   * <p>Operations are started by the thread that paces, or by one that has just ended another: to
   * wake the former would take longer. There is one at a time that does so, the one that found
   * {@link #requests} at 0; the fields that are not volatile are its own.
   */
  private final class Pass {

    private final Arrivals arrivals;
    private final long lengthNanos;
    private final long beginNanos;
    private final ScheduledOperations operations;
    private final InFlightMeter meter;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger underWay = new AtomicInteger();

    /** The next operation's intended start, from the begin; {@link Arrivals#END} after the last. */
    private volatile long next;

    private volatile boolean closed;
    private volatile Throwable defect;

    private long started;
    private long dropped;
    private long lastStartNanos;
    private long blockedNanos;

    /** Whether the next operation is due and finds no room, since {@link #blockedSince}. */
    private boolean blocked;

    private long blockedSince;

    Pass(Arrivals arrivals, long lengthNanos, long beginNanos, ScheduledOperations operations) {
      this.arrivals = arrivals;
      this.lengthNanos = lengthNanos;
      this.beginNanos = beginNanos;
      this.operations = operations;
      this.meter = new InFlightMeter(beginNanos);
      this.next = arrivals.next();
    }

    LoadOutcome run() throws InterruptedException {
      try {
        pace();
      } finally {
        closed = true;
      }
      startWhatIsDue();
      pacing.await(() -> next == Arrivals.END && underWay.get() == 0, Long.MAX_VALUE);
      throwDefect();
      return new LoadOutcome(
          started + dropped, started, lengthNanos, lastStartNanos, blockedNanos, meter.mean());
    }

    private void pace() throws InterruptedException {
      long giveUp = beginNanos + lengthNanos + graceNanos;
      while (true) {
        startWhatIsDue();
        long due = next;
        long left = giveUp - pacing.ticker().nanoTime();
        if (due == Arrivals.END || left <= 0 || defect != null) {
          return;
        }
        if (isDue(due)) {
          pacing.await(this::needsPacing, left);
        } else {
          pacing.sleepUntil(beginNanos + due);
        }
      }
    }

    /**
     * Whether it is up to the thread that paces again: what was overdue has been started, or could
     * be and nobody is about to.
     */
    private boolean needsPacing() {
      long due = next;
      return due == Arrivals.END
          || defect != null
          || !isDue(due)
          || requests.get() == 0 && underWay.get() < inFlight;
    }

    private boolean isDue(long start) {
      return pacing.ticker().nanoTime() - beginNanos - start >= 0;
    }

    /** Sees to it that what is due is started, by this thread or the one that does so already. */
    private void startWhatIsDue() {
      if (requests.getAndIncrement() > 0) {
        return;
      }
      int handled = 1;
      do {
        startInOrder();
        handled = requests.addAndGet(-handled);
      } while (handled > 0);
    }

    private void startInOrder() {
      long due = next;
      while (due != Arrivals.END) {
        if (closed || defect != null) {
          unblock();
          dropped++;
        } else if (!isDue(due)) {
          return;
        } else if (underWay.get() >= inFlight) {
          block();
          return;
        } else {
          unblock();
          start(due);
        }
        due = arrivals.next();
        next = due;
      }
    }

    private void block() {
      if (!blocked) {
        blocked = true;
        blockedSince = pacing.ticker().nanoTime();
      }
    }

    private void unblock() {
      if (blocked) {
        blocked = false;
        blockedNanos += pacing.ticker().nanoTime() - blockedSince;
      }
    }

    private void start(long due) {
      long now = pacing.ticker().nanoTime();
      underWay.incrementAndGet();
      meter.change(1, now);
      lastStartNanos = now - beginNanos;
      try {
        operations.start(started++, beginNanos + due).whenComplete((value, error) -> end(error));
      } catch (RuntimeException | Error e) {
        end(e);
      }
    }

    private void end(Throwable error) {
      if (error != null) {
        defect = error;
      }
      meter.change(-1, pacing.ticker().nanoTime());
      underWay.decrementAndGet();
      startWhatIsDue();
      pacing.signal();
    }

    private void throwDefect() {
      Throwable thrown = defect;
      if (thrown instanceof RuntimeException exception) {
        throw exception;
      }
      if (thrown instanceof Error serious) {
        throw serious;
      }
      if (thrown != null) {
        throw new IllegalStateException("an operation ended unexpectedly", thrown);
      }
    }
  }
}
