package io.mooseng.bench.core.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class OrdersTest {

  private final Orders orders = new Orders();

  /** None is lost and none is taken twice, whether threads wait for orders or orders for them. */
  @Test
  void eachOrderIsTakenOnce() throws Exception {
    int takers = 8;
    int each = 20_000;
    AtomicInteger taken = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(takers + 2);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < takers; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < each; n++) {
                    orders.take();
                    taken.incrementAndGet();
                  }
                  return null;
                }));
      }
      for (int i = 0; i < 2; i++) {
        all.add(
            threads.submit(
                () -> {
                  for (int n = 0; n < takers * each / 2; n++) {
                    orders.add();
                    if (n % 100 == 0) {
                      Thread.yield();
                    }
                  }
                }));
      }
      for (Future<?> one : all) {
        one.get(50, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(taken).hasValue(takers * each);
    assertThat(orders.left()).isZero();
  }

  /** Each of the threads waits once: who is woken for nothing would wait again. */
  @Test
  void oneOrderWakesOneThread() throws Exception {
    int count = 10;
    AtomicInteger taken = new AtomicInteger();
    AtomicLong waits = new AtomicLong();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Thread thread =
          new Thread(
              () -> {
                long before = waits();
                try {
                  orders.take();
                } catch (InterruptedException e) {
                  return;
                }
                waits.addAndGet(waits() - before);
                taken.incrementAndGet();
              });
      threads.add(thread);
      thread.setDaemon(true);
      thread.start();
    }
    for (int added = 0; added < count; added++) {
      int left = count - added;
      awaitUntil(() -> waiting(threads) == left);
      assertThat(taken).hasValue(added);
      orders.add();
      int expected = added + 1;
      awaitUntil(() -> taken.get() == expected);
    }
    assertThat(orders.left()).isZero();
    assertThat(waits).hasValue(count);
  }

  private static long waiting(List<Thread> threads) {
    return threads.stream().filter(thread -> thread.getState() == Thread.State.WAITING).count();
  }

  /** How often this thread has waited for another. */
  private static long waits() {
    return ManagementFactory.getThreadMXBean()
        .getThreadInfo(Thread.currentThread().getId())
        .getWaitedCount();
  }

  private static void awaitUntil(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      Thread.onSpinWait();
    }
  }

  @Test
  void whoFindsOrdersWaitsForNobody() throws Exception {
    int count = 1_000;
    for (int i = 0; i < count; i++) {
      orders.add();
    }
    // The first look may load classes.
    waits();
    long before = waits();
    for (int i = 0; i < count; i++) {
      orders.take();
    }
    assertThat(waits() - before).isZero();
    assertThat(orders.left()).isZero();
  }

  @Test
  void whatIsBeyondTheMostIsWithdrawn() throws Exception {
    for (int i = 0; i < 10; i++) {
      orders.add();
    }
    assertThat(orders.withdraw(10)).isZero();
    assertThat(orders.withdraw(12)).isZero();
    assertThat(orders.withdraw(4)).isEqualTo(6);
    assertThat(orders.left()).isEqualTo(4);
    orders.take();
    assertThat(orders.withdraw(0)).isEqualTo(3);
    assertThat(orders.left()).isZero();
  }

  @Test
  void whoWaitsCanBeInterrupted() throws Exception {
    AtomicBoolean interrupted = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    Thread waiting =
        new Thread(
            () -> {
              begun.countDown();
              try {
                orders.take();
              } catch (InterruptedException e) {
                interrupted.set(true);
              }
            });
    waiting.start();
    begun.await();
    waiting.interrupt();
    waiting.join();
    assertThat(interrupted).isTrue();
    orders.add();
    assertThat(orders.left()).as("nobody took it").isEqualTo(1);
  }
}
