package io.mooseng.bench.core.load;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Operations that block the thread that performs them, each in a thread of a pool. Threads are
 * started in advance: to start one takes longer than many an operation.
 *
 * <p>The hand-over to a thread is part of an operation's lag.
 */
public final class BlockingOperations implements ScheduledOperations, AutoCloseable {

  private final Operation operation;
  private final Runnable begin;
  private final ExecutorService threads;

  /** One operation, performed by the calling thread. */
  @FunctionalInterface
  public interface Operation {
    /**
     * Performs an operation and returns when it was recorded. Called by many threads at once;
     * operations begin in the order of the schedule, but for what the scheduling of threads does.
     *
     * @param index of the operation in its schedule, from 0
     * @param intendedStartNanos when it was to start
     */
    void perform(long index, long intendedStartNanos);
  }

  /**
   * @param inFlight most operations at once, as the {@link OpenLoop} bounds them
   */
  public BlockingOperations(int inFlight, Operation operation) {
    this(inFlight, operation, () -> {});
  }

  /**
   * @param begin see {@link #scheduleBegins}
   */
  public BlockingOperations(int inFlight, Operation operation, Runnable begin) {
    this.operation = operation;
    this.begin = begin;
    // One more than there are operations: the thread that ends one may be busy starting others.
    int size = inFlight + 1;
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            size,
            size,
            0,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "scheduled-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    executor.prestartAllCoreThreads();
    this.threads = executor;
  }

  @Override
  public CompletionStage<?> start(long index, long intendedStartNanos) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    threads.execute(
        () -> {
          try {
            operation.perform(index, intendedStartNanos);
            end.complete(null);
          } catch (RuntimeException | Error e) {
            end.completeExceptionally(e);
          }
        });
    return end;
  }

  @Override
  public void scheduleBegins() {
    begin.run();
  }

  /** Ends the threads; an operation that is still under way is interrupted. */
  @Override
  public void close() {
    threads.shutdownNow();
  }
}
