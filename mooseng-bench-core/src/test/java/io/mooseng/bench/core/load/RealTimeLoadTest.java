package io.mooseng.bench.core.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.workload.arrival.ArrivalSchedule;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** With threads and the real clock: counts and order, no times but that nothing is early. */
@Timeout(60)
class RealTimeLoadTest {

  private static final Duration SECOND = Duration.ofSeconds(1);
  private static final Duration PATIENT = Duration.ofMinutes(1);

  private final ExecutorService executor = Executors.newFixedThreadPool(3);

  @AfterEach
  void stop() {
    executor.shutdownNow();
  }

  private static ArrivalSchedule schedule(long perSecond) {
    return ArrivalSchedule.constant(Rate.perSecond(perSecond), SECOND);
  }

  private static LoadOutcome run(long perSecond, int inFlight, ScheduledOperations operations)
      throws InterruptedException {
    return new OpenLoop(new ThreadPacing(), inFlight, PATIENT)
        .run(schedule(perSecond).arrivals(), SECOND, operations);
  }

  @Test
  void nothingStartsEarlyAndEverythingOnceAndInOrder() throws Exception {
    AtomicLong expected = new AtomicLong();
    AtomicInteger wrong = new AtomicInteger();
    AtomicInteger callers = new AtomicInteger();
    LoadOutcome outcome =
        run(
            20_000,
            8,
            (index, intended) -> {
              if (callers.incrementAndGet() != 1
                  || index != expected.getAndIncrement()
                  || System.nanoTime() - intended < 0) {
                wrong.incrementAndGet();
              }
              callers.decrementAndGet();
              return CompletableFuture.runAsync(() -> LockSupport.parkNanos(1), executor);
            });
    assertThat(outcome.started()).isEqualTo(20_000);
    assertThat(expected).hasValue(20_000);
    assertThat(wrong).hasValue(0);
  }

  @Test
  void operationsOfTheCallingThreadDoNotPileUpOnItsStack() throws Exception {
    LoadOutcome outcome =
        run(200_000, 1, (index, intended) -> CompletableFuture.completedFuture(null));
    assertThat(outcome.started()).isEqualTo(200_000);
  }

  @Test
  void blockingOperationsNeverExceedTheirBound() throws Exception {
    AtomicInteger underWay = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Set<Long> indexes = ConcurrentHashMap.newKeySet();
    BlockingOperations operations =
        new BlockingOperations(
            3,
            (index, intended) -> {
              most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
              indexes.add(index);
              LockSupport.parkNanos(100_000);
              underWay.decrementAndGet();
            });
    try (operations) {
      LoadOutcome outcome = run(5_000, 3, operations);
      assertThat(outcome.started()).isEqualTo(5_000);
      assertThat(outcome.meanInFlight()).isBetween(0.0, 3.0);
    }
    assertThat(indexes).hasSize(5_000);
    assertThat(most.get()).isBetween(2, 3);
    assertThat(underWay).hasValue(0);
  }

  @Test
  void aDefectOfABlockingOperationIsThrown() {
    BlockingOperations operations =
        new BlockingOperations(
            2,
            (index, intended) -> {
              throw new IllegalStateException("planted " + index);
            });
    try (operations) {
      assertThatThrownBy(() -> run(1_000, 2, operations))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("planted");
    }
  }

  @Test
  void anInterruptedScheduleStartsNothingMore() throws Exception {
    AtomicInteger started = new AtomicInteger();
    CountDownLatch three = new CountDownLatch(3);
    CompletableFuture<Throwable> end = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                run(
                    10,
                    3,
                    (index, intended) -> {
                      started.incrementAndGet();
                      three.countDown();
                      return new CompletableFuture<>();
                    });
                end.complete(null);
              } catch (InterruptedException | RuntimeException e) {
                end.complete(e);
              }
            });
    thread.start();
    three.await();
    thread.interrupt();
    assertThat(end.get()).isInstanceOf(InterruptedException.class);
    assertThat(started).hasValue(3);
  }
}
