package io.mooseng.bench.file;

import io.mooseng.bench.core.execution.OperationExecutor;
import io.mooseng.bench.core.execution.Replay;
import io.mooseng.bench.core.execution.ReplayPlan;
import io.mooseng.bench.core.execution.Worker;
import io.mooseng.bench.core.load.BlockingOperations;
import io.mooseng.bench.core.load.LoadOutcome;
import io.mooseng.bench.core.load.OpenLoop;
import io.mooseng.bench.core.load.ThreadPacing;
import io.mooseng.bench.core.workload.arrival.ArrivalSchedule;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

  ReplayLoop(ReplayPlan plan, Replay replay, OperationExecutor executor) {
    this.plan = plan;
    this.replay = replay;
    this.executor = executor;
  }

  /**
   * Every operation is to start when it did. None is dropped, however late: the operations of a
   * replay are those of the trace.
   */
  LoadOutcome atRecordedTimes() throws InterruptedException {
    int inFlight = Math.max(LEAST_IN_FLIGHT, 2 * plan.mostUnderWay());
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

  /** Every client performs its operations one after the other. */
  void asSoonAsPossible() throws InterruptedException {
    List<List<Integer>> byClient = new ArrayList<>();
    for (int client = 0; client < plan.header().clients(); client++) {
      byClient.add(new ArrayList<>());
    }
    for (int index = 0; index < plan.operations().size(); index++) {
      byClient.get(plan.operations().get(index).client()).add(index);
    }
    ExecutorService threads = Executors.newFixedThreadPool(byClient.size());
    try {
      ExecutorCompletionService<Void> clients = new ExecutorCompletionService<>(threads);
      byClient.forEach(indices -> clients.submit(client(indices)));
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
