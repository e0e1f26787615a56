package io.mooseng.bench.core.target.grpc;

import java.time.Duration;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * When a call that failed is made once more: after an exponential back-off, spread by a fifth to
 * either side, as gRPC's own retries are (proposal A6), so that clients do not come back all at
 * once. Safe for any number of threads.
 */
final class Retries implements AutoCloseable {

  private static final Duration LONGEST_BACK_OFF = Duration.ofSeconds(1);
  private static final double SPREAD = 0.2;

  /** Doubled so often, the shortest back-off there is, 1 ms, exceeds the longest. */
  private static final int MOST_DOUBLINGS = 10;

  private final int most;
  private final Duration firstBackOff;
  private final Random random;
  private final ScheduledExecutorService timer;
  private final Set<Pending> pending = ConcurrentHashMap.newKeySet();
  private volatile boolean closed;

  /**
   * @param most retries of one call
   * @param firstBackOff before the first of them, 1 ms to 60 s; later ones are twice the one
   *     before, up to a second or what it began with
   * @param seed one seed gives one sequence of spreads
   */
  Retries(int most, Duration firstBackOff, long seed, ScheduledExecutorService timer) {
    this.most = most;
    this.firstBackOff = firstBackOff;
    this.random = new Random(seed);
    this.timer = timer;
  }

  /** Whether a call that has been repeated {@code made} times may be so once more. */
  boolean allowed(int made) {
    return made < most && !closed;
  }

  Duration backOff(int made) {
    long first = firstBackOff.toNanos();
    long longest = Math.max(first, LONGEST_BACK_OFF.toNanos());
    long nanos = Math.min(longest, first << Math.min(made, MOST_DOUBLINGS));
    double spread = 1 + SPREAD * (2 * random.nextDouble() - 1);
    return Duration.ofNanos((long) (nanos * spread));
  }

  /** Runs {@code again} after the back-off, or {@code closed} when the client is closed before. */
  void later(int made, Runnable again, Runnable closed) {
    Pending call = new Pending(closed);
    pending.add(call);
    timer.schedule(() -> finish(call, again), backOff(made).toNanos(), TimeUnit.NANOSECONDS);
    if (this.closed) {
      finish(call, closed);
    }
  }

  private void finish(Pending call, Runnable end) {
    if (pending.remove(call)) {
      end.run();
    }
  }

  /** Ends all back-offs. */
  @Override
  public void close() {
    closed = true;
    pending.forEach(call -> finish(call, call.closed));
  }

  /** A call between two attempts; each is itself only. */
  private static final class Pending {

    private final Runnable closed;

    Pending(Runnable closed) {
      this.closed = closed;
    }
  }
}
