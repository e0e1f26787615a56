package io.mooseng.bench.core.target;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What becomes of operations that were ordered in advance when the target becomes slow. They end
 * only when they are let to; time stands still, or passes by a second whenever it is looked at.
 */
@Timeout(60)
class SlowClientThreadsTest {

  private static final long SECOND = 1_000_000_000;
  private static final int LIMIT = 4;

  private final AtomicLong now = new AtomicLong();
  private final AtomicLong step = new AtomicLong();
  private final Target target =
      new Target(new MemoryDriver(), new OperationRecorder(), () -> now.addAndGet(step.get()));
  private final Semaphore ends = new Semaphore(0);
  private final AtomicInteger begun = new AtomicInteger();

  private final ClientThreads.Client client =
      new ClientThreads.Client() {
        @Override
        public Target target() {
          return target;
        }

        @Override
        public boolean perform() {
          begun.incrementAndGet();
          try {
            ends.acquire();
            return true;
          } catch (InterruptedException e) {
            return false;
          }
        }
      };

  private static void awaitUntil(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }

  private static <T> FutureTask<T> start(Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread thread = new Thread(task);
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  private static void perform(ClientThreads clients, int operations) throws InterruptedException {
    for (int i = 0; i < operations; i++) {
      clients.perform();
    }
  }

  /** Operations that took no time: at least {@link #LIMIT} of them are then taken in advance. */
  private ClientThreads fast() throws Exception {
    ClientThreads clients = new ClientThreads(Collections.nCopies(2, client), LIMIT / 2);
    perform(clients, LIMIT);
    awaitUntil(() -> begun.get() == LIMIT);
    perform(clients, LIMIT);
    AtomicReference<Thread> feeder = new AtomicReference<>();
    FutureTask<?> waiting =
        start(
            () -> {
              feeder.set(Thread.currentThread());
              clients.perform();
              return null;
            });
    awaitUntil(() -> feeder.get() != null && feeder.get().getState() == Thread.State.TIMED_WAITING);
    ends.release(LIMIT);
    waiting.get();
    awaitUntil(() -> begun.get() == 2 * LIMIT);
    assertThat(clients.waiting()).isEqualTo(1);
    return clients;
  }

  /** As in any closed loop, one more round of all is waited for. */
  @Test
  void theEndOfAnIterationWaitsForNoMoreThanTwoRounds() throws Exception {
    try (ClientThreads clients = fast()) {
      perform(clients, 6);
      step.set(SECOND);
      FutureTask<Integer> drained = start(clients::drain);
      awaitUntil(() -> clients.waiting() == LIMIT);
      assertThat(drained.isDone()).isFalse();
      ends.release(100);
      assertThat(drained.get()).isEqualTo(7 - LIMIT);
      assertThat(begun).hasValue(3 * LIMIT);
      assertThat(Arrays.stream(clients.takeSuccesses()).sum()).isEqualTo(3 * LIMIT);
      perform(clients, LIMIT);
      assertThat(clients.drain()).as("told once").isZero();
      assertThat(begun).hasValue(4 * LIMIT);
    }
  }

  @Test
  void whatASlowTargetIsSparedIsOrderedAgain() throws Exception {
    try (ClientThreads clients = fast()) {
      perform(clients, 7);
      step.set(SECOND);
      FutureTask<?> waiting =
          start(
              () -> {
                perform(clients, 3_000);
                return null;
              });
      awaitUntil(() -> clients.waiting() <= LIMIT);
      step.set(0);
      ends.release(10_000);
      waiting.get();
      assertThat(clients.drain()).as("all were made up for").isZero();
      assertThat(begun).hasValue(9 + 7 + 3_000);
    }
  }
}
