package io.mooseng.bench.file;

import io.mooseng.bench.core.execution.OperationExecutor;
import io.mooseng.bench.core.execution.Replay;
import io.mooseng.bench.core.execution.ReplayPlan;
import io.mooseng.bench.core.execution.Worker;
import io.mooseng.bench.core.load.BlockingOperations;
import io.mooseng.bench.core.load.LoadOutcome;
import io.mooseng.bench.core.load.OpenLoop;
import io.mooseng.bench.core.load.ThreadPacing;
import io.mooseng.bench.core.model.Concurrency;
import io.mooseng.bench.core.workload.arrival.ArrivalSchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Performs all operations of a trace once, in threads of its own. */
final class ReplayLoop {

  /** Room for more than were under way when it was recorded, if this target is slower. */
  private static final int LEAST_IN_FLIGHT = 64;

  /**
   * Added to the length of the trace, so that it has one even if it is of one operation, and a last
   * start that is late by less does not make it late as a whole.
   */
  private static final Duration MARGIN = Duration.ofMillis(1);

  private final ReplayPlan plan;
  private final Replay replay;
  private final OperationExecutor executor;
  private final int mostInFlight;

  ReplayLoop(ReplayPlan plan, Replay replay, OperationExecutor executor) {
    this(plan, replay, executor, Concurrency.MOST);
  }

  /**
   * @param mostInFlight most operations under way at once, whatever the trace had
   */
  ReplayLoop(ReplayPlan plan, Replay replay, OperationExecutor executor, int mostInFlight) {
    this.plan = plan;
    this.replay = replay;
    this.executor = executor;
    this.mostInFlight = mostInFlight;
  }

  /** Most operations under way at once at the recorded times; each may need a thread. */
  private int inFlight() {
    return Math.min(mostInFlight, Math.max(LEAST_IN_FLIGHT, 2 * plan.mostUnderWay()));
  }

  /** That fewer can be under way at once at the recorded times than were, if so. */
  Optional<String> warning() {
    return plan.mostUnderWay() > inFlight()
        ? Optional.of(
            "up to %d operations of the trace were under way at once, or waited to start; here up to %d are under way"
                .formatted(plan.mostUnderWay(), inFlight()))
        : Optional.empty();
  }

  /**
   * Every operation is to start when it did. None is dropped, however late: the operations of a
   * replay are those of the trace.
   */
  LoadOutcome atRecordedTimes() throws InterruptedException {
    int inFlight = inFlight();
    OpenLoop loop = new OpenLoop(new ThreadPacing(), inFlight, ArrivalSchedule.LONGEST);
    ThreadLocal<Worker> workers = ThreadLocal.withInitial(executor::newWorker);
    Duration length = Duration.ofNanos(plan.lengthNanos()).plus(MARGIN);
    try (BlockingOperations operations =
        new BlockingOperations(
            inFlight,
            (index, intendedStart) -> perform((int) index, workers.get(), intendedStart))) {
      return loop.run(plan.arrivals(), length, operations);
    }
  }

  private void perform(int index, Worker worker, long intendedStart) {
    try {
      replay.perform(index, worker, intendedStart);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** Every client that has operations performs them one after the other, in a thread of its own. */
  void asSoonAsPossible() throws InterruptedException {
    Map<Integer, List<Integer>> byClient = new TreeMap<>();
    for (int index = 0; index < plan.operations().size(); index++) {
      byClient
          .computeIfAbsent(plan.operations().get(index).client(), client -> new ArrayList<>())
          .add(index);
    }
    ExecutorService threads = Executors.newFixedThreadPool(byClient.size());
    try {
      ExecutorCompletionService<Void> clients = new ExecutorCompletionService<>(threads);
      byClient.values().forEach(indices -> clients.submit(client(indices)));
      for (int ended = 0; ended < byClient.size(); ended++) {
        clients.take().get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("a client of the trace failed: " + e.getCause(), e);
    } finally {
      // A client that failed may have left others waiting.
      threads.shutdownNow();
    }
  }

  private Callable<Void> client(List<Integer> indices) {
    return () -> {
      Worker worker = executor.newWorker();
      for (int index : indices) {
        replay.perform(index, worker);
      }
      return null;
    };
  }
}
