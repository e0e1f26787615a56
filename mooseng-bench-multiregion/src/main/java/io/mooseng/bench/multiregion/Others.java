package io.mooseng.bench.multiregion;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * What other clients do while one is measured: each repeats something in a thread of its own, with
 * a pause between, until it is told to stop.
 */
final class Others implements AutoCloseable {

  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean over;

  /** Something another client does; it may fail, and then is done again. */
  @FunctionalInterface
  interface Deed {
    void perform() throws Exception;
  }

  /** Another client begins. */
  void start(String name, Duration pause, Deed deed) {
    Thread thread =
        new Thread(
            () -> {
              while (!over) {
                try {
                  deed.perform();
                } catch (InterruptedException e) {
                  return;
                } catch (Exception e) {
                  // What it was told is in the history; the measured client is another one.
                }
                LockSupport.parkNanos(pause.toNanos());
              }
            },
            name);
    thread.setDaemon(true);
    threads.add(thread);
    thread.start();
  }

  /** Waits until all have ended what they are doing. */
  @Override
  public void close() {
    over = true;
    for (Thread thread : threads) {
      LockSupport.unpark(thread);
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
