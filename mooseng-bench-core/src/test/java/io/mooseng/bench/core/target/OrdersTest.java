package io.mooseng.bench.core.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
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

  /** Each of the woken waits for all others, and wakes none of them. */
  @Test
  void oneOrderWakesOneThread() throws Exception {
    int count = 30;
    CyclicBarrier met = new CyclicBarrier(count);
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        all.add(
            threads.submit(
                () -> {
                  orders.take();
                  return met.await(30, TimeUnit.SECONDS);
                }));
      }
      for (int i = 0; i < count; i++) {
        orders.add();
      }
      for (Future<?> one : all) {
        one.get(40, TimeUnit.SECONDS);
      }
    } finally {
      threads.shutdownNow();
    }
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
