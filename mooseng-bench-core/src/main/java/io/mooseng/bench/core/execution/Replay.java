package io.mooseng.bench.core.execution;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * One pass through a trace. An operation waits for those on the same file that it must not
 * overtake, whoever performs them. Safe for use by any number of threads.
 */
public final class Replay {

  private static final CountDownLatch ENDED = new CountDownLatch(0);

  private final List<ReplayPlan.Operation> operations;

  /** What waits for the end of an operation; null before anybody does. */
  private final AtomicReferenceArray<CountDownLatch> ends;

  public Replay(ReplayPlan plan) {
    this.operations = plan.operations();
    this.ends = new AtomicReferenceArray<>(operations.size());
  }

  /** Performs an operation in a closed loop. */
  public void perform(int index, Worker worker) throws InterruptedException {
    ReplayPlan.Operation operation = begin(index);
    worker.mayBeLate(operation.late());
    try {
      worker.perform(operation.planned());
    } finally {
      end(index);
    }
  }

  /** Performs an operation that was to start at this time of the target's clock. */
  public void perform(int index, Worker worker, long intendedStartNanos)
      throws InterruptedException {
    ReplayPlan.Operation operation = begin(index);
    worker.mayBeLate(operation.late());
    try {
      worker.perform(operation.planned(), intendedStartNanos);
    } finally {
      end(index);
    }
  }

  private ReplayPlan.Operation begin(int index) throws InterruptedException {
    ReplayPlan.Operation operation = operations.get(index);
    for (int earlier : operation.after()) {
      CountDownLatch end = ends.get(earlier);
      if (end == null) {
        CountDownLatch own = new CountDownLatch(1);
        end = ends.compareAndSet(earlier, null, own) ? own : ends.get(earlier);
      }
      end.await();
    }
    return operation;
  }

  private void end(int index) {
    CountDownLatch waiting = ends.getAndSet(index, ENDED);
    if (waiting != null) {
      waiting.countDown();
    }
  }
}
