package io.mooseng.bench.core.target;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/**
 * Many clients of one target, each a closed loop of its own, as {@link ClientPool} has them, for
 * operations that block the thread that performs them: each client has a thread of its own for each
 * operation that it may have under way.
 *
 * <p>Whoever feeds the clients orders one operation after the other; at which client it is done is
 * for the threads to find out. Orders are taken in advance, as many as may be under way, or as are
 * done in {@value #AHEAD_MILLIS} ms if these are more, up to {@value #MOST_AHEAD}: a thread goes
 * from one operation to the next and waits for nobody, and no hand-over to another thread is part
 * of an operation.
 *
 * <p>Where the target has become so slow that they are not begun within {@value #PATIENCE_MILLIS}
 * ms, those beyond as many as may be under way are withdrawn, to be ordered again as there is room,
 * or told of by {@link #drain}: nobody waits for hundreds of slow operations.
 *
 * <p>A client whose operations fail goes on with the next like any other. Safe for use by any
 * number of threads.
 */
public final class ClientThreads implements AutoCloseable {

  /** What is under way when clients are closed was interrupted, and has this long to end. */
  private static final long CLOSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Long enough for the thread that feeds the clients to be woken on a busy machine. */
  private static final int AHEAD_MILLIS = 20;

  private static final long AHEAD_NANOS = TimeUnit.MILLISECONDS.toNanos(AHEAD_MILLIS);

  /** Enough for a target that answers within microseconds; what it bounds is who feeds it. */
  private static final int MOST_AHEAD = 512;

  /** Far longer than what was ordered in advance should take. */
  private static final int PATIENCE_MILLIS = 1000;

  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);

  private final List<Loop> loops = new ArrayList<>();
  private final List<Thread> threads = new ArrayList<>();

  /** Operations of each client at once, of all together. */
  private final int limit;

  /** Most orders taken in advance, at least {@link #limit}. */
  private volatile int ahead;

  private final Orders orders = new Orders();

  /** Operations that were ordered and have not ended. */
  private final AtomicInteger unended = new AtomicInteger();

  /** Orders that were withdrawn: whoever ordered these operations counts them as performed. */
  private final AtomicInteger owed = new AtomicInteger();

  private final CompletionSignal progress = new CompletionSignal();
  private final AtomicReference<Throwable> defect = new AtomicReference<>();
  private volatile boolean closed;

  /** A client: used by as many threads at once as it may have operations under way. */
  public interface Client {

    /** Whose operations these are; its clock and recorder count them while they are under way. */
    Target target();

    /** Comes before each operation, in the same thread: neither measured nor under way. */
    default void prepare() {}

    /**
     * Performs one operation of {@link #target} and returns when it was recorded. What is thrown is
     * a defect, and ends the trial.
     *
     * @return whether it was recorded as a success
     */
    boolean perform();
  }

  /** The loop of one client, in each of its threads. */
  private static final class Loop implements Place {

    private final Client client;
    private final AtomicLong successes = new AtomicLong();

    Loop(Client client) {
      this.client = client;
    }

    void performOnce() {
      client.prepare();
      client.target().occupy(this, () -> CompletableFuture.completedFuture(client.perform()));
    }

    @Override
    public void ended(boolean success) {
      if (success) {
        successes.incrementAndGet();
      }
    }

    @Override
    public void leave() {
      // Every operation has ended when the call that started it returns.
    }
  }

  /**
   * Starts the threads, which wait for orders.
   *
   * @param clients at least one; their targets are closed with this
   * @param inFlight operations of each client at once, at least 1
   */
  public ClientThreads(List<? extends Client> clients, int inFlight) {
    if (inFlight < 1) {
      throw new IllegalArgumentException("inFlight is " + inFlight + "; accepted: 1 or more");
    }
    if (clients.isEmpty()) {
      throw new IllegalArgumentException("no clients; accepted: 1 or more");
    }
    clients.forEach(client -> loops.add(new Loop(client)));
    this.limit = loops.size() * inFlight;
    this.ahead = limit;
    try {
      start(inFlight);
    } catch (OutOfMemoryError e) {
      // The machine has no more threads.
      close();
      throw e;
    }
  }

  private void start(int inFlight) {
    for (int i = 0; i < inFlight; i++) {
      for (Loop loop : loops) {
        Thread thread = new Thread(() -> run(loop), "client-" + (threads.size() + 1));
        thread.setDaemon(true);
        thread.start();
        threads.add(thread);
      }
    }
  }

  private void run(Loop loop) {
    while (!closed) {
      try {
        orders.take();
      } catch (InterruptedException e) {
        return;
      }
      progress.signal();
      try {
        // After a defect, what was ordered is let go, so that nobody waits for it for ever.
        if (defect.get() == null) {
          loop.performOnce();
        }
      } catch (RuntimeException | Error e) {
        defect.compareAndSet(null, e);
      } finally {
        if (unended.decrementAndGet() == 0) {
          progress.signal();
        }
      }
    }
  }

  /**
   * Has one more operation performed by a client; waits while enough are.
   *
   * @throws RuntimeException what a client threw in an earlier operation; or an {@link Error}
   */
  public void perform() throws InterruptedException {
    throwDefect();
    if (orders.left() >= ahead) {
      awaitRoom();
    }
    orderWhatIsOwed();
    order();
  }

  private void order() {
    unended.incrementAndGet();
    orders.add();
  }

  private void orderWhatIsOwed() {
    int known = owed.get();
    while (known > 0 && orders.left() < ahead) {
      if (owed.compareAndSet(known, known - 1)) {
        order();
      }
      known = owed.get();
    }
  }

  private void awaitRoom() throws InterruptedException {
    int most = ahead;
    int before = orders.left();
    long start = nanoTime();
    // Half of them: so that one wake-up pays for many operations.
    BooleanSupplier room = () -> orders.left() <= most / 2;
    progress.await(() -> room.getAsBoolean() || outOfPatience(start));
    if (!room.getAsBoolean()) {
      withdraw();
      ahead = limit;
      progress.await(() -> orders.left() <= limit / 2);
      return;
    }
    long waited = Math.max(1, nanoTime() - start);
    int left = orders.left();
    // Of orders that ran out while this thread was woken there should have been more.
    long wanted =
        left == 0 && waited < AHEAD_NANOS ? 2L * most : (before - left) * AHEAD_NANOS / waited;
    ahead = (int) Math.max(limit, Math.min(wanted, MOST_AHEAD));
  }

  /** How many are ordered and not begun. */
  int waiting() {
    return orders.left();
  }

  private long nanoTime() {
    return loops.get(0).client.target().nanoTime();
  }

  private boolean outOfPatience(long start) {
    return nanoTime() - start > PATIENCE_NANOS;
  }

  private void withdraw() {
    int withdrawn = orders.withdraw(limit);
    owed.addAndGet(withdrawn);
    unended.addAndGet(-withdrawn);
  }

  /**
   * Waits until every operation has ended. Of those not begun in time, no more are waited for than
   * may be under way at once; the others are withdrawn.
   *
   * @return how many were ordered since the last time and never begun; 0 unless the target became
   *     far slower
   * @throws RuntimeException what a client threw in one of them; or an {@link Error}
   */
  public int drain() throws InterruptedException {
    long start = nanoTime();
    progress.await(() -> unended.get() == 0 || outOfPatience(start));
    withdraw();
    progress.await(() -> unended.get() == 0);
    throwDefect();
    return owed.getAndSet(0);
  }

  private void throwDefect() {
    Throwable thrown = defect.get();
    if (thrown instanceof Error error) {
      throw error;
    }
    if (thrown != null) {
      throw (RuntimeException) thrown;
    }
  }

  /** How many operations of each client have succeeded since this was asked last. */
  public long[] takeSuccesses() {
    return loops.stream().mapToLong(loop -> loop.successes.getAndSet(0)).toArray();
  }

  /**
   * Ends the threads and closes the targets of all clients, several at once. An operation that is
   * still under way is interrupted.
   *
   * @throws IllegalStateException if one of them cannot be closed, after the others were
   */
  @Override
  public void close() {
    closed = true;
    threads.forEach(Thread::interrupt);
    awaitEnd();
    ClientPool.closeAll(loops.stream().map(loop -> loop.client.target()).toList());
  }

  private void awaitEnd() {
    long limit = System.nanoTime() + CLOSE_NANOS;
    try {
      for (Thread thread : threads) {
        long left = TimeUnit.NANOSECONDS.toMillis(limit - System.nanoTime());
        // 0 would be for ever.
        thread.join(Math.max(1, left));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
