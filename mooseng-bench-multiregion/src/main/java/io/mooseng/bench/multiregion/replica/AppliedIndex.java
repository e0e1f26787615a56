package io.mooseng.bench.multiregion.replica;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/** How far the log has been applied, for those who wait. Safe for use by any number of threads. */
final class AppliedIndex {

  private record Waiter(long index, CompletableFuture<Void> reached) {}

  private final PriorityQueue<Waiter> waiters =
      new PriorityQueue<>(Comparator.comparingLong(Waiter::index));
  private long applied = -1;
  private volatile long visible = -1;

  synchronized long get() {
    return applied;
  }

  /** The effects of what stands at {@code index} may be seen from now on. */
  void starting(long index) {
    visible = index;
  }

  /** The last entry whose effects somebody who has just read may have seen. */
  long visible() {
    return visible;
  }

  /** Completes when everything up to {@code index} has been applied. */
  synchronized CompletableFuture<Void> reached(long index) {
    if (index <= applied) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> reached = new CompletableFuture<>();
    waiters.add(new Waiter(index, reached));
    return reached;
  }

  /** Everything up to {@code index} has been applied. */
  void advance(long index) {
    while (true) {
      Waiter next;
      synchronized (this) {
        applied = Math.max(applied, index);
        visible = Math.max(visible, index);
        if (waiters.isEmpty() || waiters.peek().index() > applied) {
          return;
        }
        next = waiters.poll();
      }
      next.reached().complete(null);
    }
  }
}
