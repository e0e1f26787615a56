package io.mooseng.bench.file;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Client threads that set off at the same moment, all after something only one of them can have.
 * For one caller at a time.
 */
final class Contenders implements AutoCloseable {

  private final int count;
  private final CyclicBarrier start;
  private final ExecutorService threads;

  Contenders(int count) {
    this.count = count;
    this.start = new CyclicBarrier(count);
    this.threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "contender");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What one of them does; fails with ALREADY_EXISTS if another was first. */
  @FunctionalInterface
  interface Attempt {
    void make(int contender, OperationTrace trace) throws OperationException;
  }

  /**
   * Lets all of them try once and waits for all.
   *
   * @param trace is told the calls of all of them
   * @return the one that had it
   * @throws OperationException of kind CORRUPT if not exactly one had it; as one of them failed,
   *     other than by being late
   */
  int race(Attempt attempt, OperationTrace trace) throws OperationException {
    List<OperationTrace> traces = new ArrayList<>();
    List<Future<Boolean>> attempts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int contender = i;
      OperationTrace own = new OperationTrace();
      traces.add(own);
      attempts.add(threads.submit(() -> wins(attempt, contender, own)));
    }
    List<Integer> winners = new ArrayList<>();
    OperationException failure = null;
    for (int i = 0; i < count; i++) {
      try {
        if (attempts.get(i).get()) {
          winners.add(i);
        }
      } catch (ExecutionException e) {
        failure = Target.failureOf(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw OperationException.light(FailureKind.INTERNAL, "interrupted");
      }
    }
    traces.forEach(own -> addRoundTrips(own, trace));
    if (failure != null) {
      throw failure;
    }
    if (winners.size() != 1) {
      throw OperationException.light(
          FailureKind.CORRUPT,
          winners.size() + " of " + count + " clients were told that they alone have the name");
    }
    return winners.get(0);
  }

  private boolean wins(Attempt attempt, int contender, OperationTrace trace) throws Exception {
    start.await();
    try {
      attempt.make(contender, trace);
      return true;
    } catch (OperationException e) {
      if (e.kind() == FailureKind.ALREADY_EXISTS) {
        return false;
      }
      throw e;
    }
  }

  private static void addRoundTrips(OperationTrace from, OperationTrace to) {
    for (int i = 0; i < from.roundTrips(); i++) {
      to.roundTrip();
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
