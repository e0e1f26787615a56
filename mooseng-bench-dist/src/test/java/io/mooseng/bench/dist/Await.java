package io.mooseng.bench.dist;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.Assertions;

/** Waits for what another process does, which sends no event. */
final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final long POLL_MILLIS = 50;

  private Await() {}

  /** Waits until {@code condition} holds; fails after a generous time, naming {@code what}. */
  static void until(String what, Condition condition) throws InterruptedException {
    CountDownLatch never = new CountDownLatch(1);
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!holds(condition)) {
      if (System.nanoTime() > deadline) {
        Assertions.fail("waited " + PATIENCE.toSeconds() + " s for " + what);
      }
      never.await(POLL_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  private static boolean holds(Condition condition) throws InterruptedException {
    try {
      return condition.holds();
    } catch (java.io.IOException e) {
      return false; // the other process is just replacing the file
    }
  }

  /** What is waited for. */
  @FunctionalInterface
  interface Condition {
    boolean holds() throws java.io.IOException, InterruptedException;
  }
}
