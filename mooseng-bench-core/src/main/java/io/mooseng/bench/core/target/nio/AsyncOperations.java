package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.CompletionSignal;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedTransferQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads of asynchronous operations: {@code java.nio.file} has none that do not need a thread
 * each. Safe for use by any number of threads.
 */
final class AsyncOperations implements AutoCloseable {

  private static final long CLOSE_SECONDS = 10;
  private static final long IDLE_SECONDS = 60;

  private final CompletionSignal completions;
  private final ThreadPoolExecutor executor;
  private final AtomicInteger threadCount = new AtomicInteger();

  AsyncOperations(int maxInFlight, CompletionSignal completions) {
    this.completions = completions;
    this.executor =
        new ThreadPoolExecutor(
            0,
            maxInFlight,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new HandOver(),
            this::newThread,
            AsyncOperations::queueOrAbandon);
  }

  /** All threads are busy, or the executor was shut down. */
  private static void queueOrAbandon(Runnable task, ThreadPoolExecutor executor) {
    if (!executor.isShutdown()) {
      executor.getQueue().add(task);
      if (!executor.isShutdown() || !executor.remove(task)) {
        return;
      }
    }
    ((Task<?>) task).abandon();
  }

  /**
   * Refuses what no idle thread takes at once, so that the executor adds a thread only when it
   * needs one, and not for every operation until it has all it may have.
   */
  private static final class HandOver extends LinkedTransferQueue<Runnable> {
    @Override
    public boolean offer(Runnable task) {
      return tryTransfer(task);
    }
  }

  private Thread newThread(Runnable work) {
    Thread thread = new Thread(work, "nio-operation-" + threadCount.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  /** An operation to be done by one of the threads. */
  @FunctionalInterface
  interface Operation<T> {
    T perform() throws OperationException;
  }

  <T> CompletableFuture<T> start(Operation<T> operation) {
    Task<T> task = new Task<>(operation);
    executor.execute(task);
    return task.future;
  }

  /** Stops the threads; operations that are under way or queued fail. */
  @Override
  public void close() {
    for (Runnable queued : executor.shutdownNow()) {
      ((Task<?>) queued).abandon();
    }
    try {
      executor.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private final class Task<T> implements Runnable {

    private final Operation<T> operation;
    private final CompletableFuture<T> future = new CompletableFuture<>();

    Task(Operation<T> operation) {
      this.operation = operation;
    }

    @Override
    public void run() {
      try {
        future.complete(operation.perform());
      } catch (OperationException | RuntimeException | Error e) {
        future.completeExceptionally(e);
      }
      completions.signal();
    }

    void abandon() {
      future.completeExceptionally(
          OperationException.light(FailureKind.INTERNAL, "the target was closed"));
      completions.signal();
    }
  }
}
