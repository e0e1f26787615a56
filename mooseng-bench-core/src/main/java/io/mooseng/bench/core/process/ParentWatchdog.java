package io.mooseng.bench.core.process;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Halts this JVM when the process that started it is gone, by whatever means, {@code kill -9}
 * included.
 *
 * <p>The parent is looked at every {@value #POLL_MILLIS} ms from a daemon thread. The JVM is halted
 * with {@link Runtime#halt}: shutdown hooks may wait for what the dead parent held, so only the
 * given clean-up runs, and it has {@value #CLEAN_UP_MILLIS} ms.
 */
public final class ParentWatchdog implements AutoCloseable {

  /** The exit status of a JVM halted by its watchdog. */
  public static final int ORPHAN_EXIT_STATUS = 75;

  private static final long POLL_MILLIS = 500;
  private static final long CLEAN_UP_MILLIS = 5_000;

  private final ProcessIdentity parent;
  private final Runnable cleanUp;
  private final CountDownLatch closed = new CountDownLatch(1);

  private ParentWatchdog(ProcessIdentity parent, Runnable cleanUp) {
    this.parent = parent;
    this.cleanUp = cleanUp;
  }

  /**
   * Watches {@code parent}, as the parent itself named it. Prefer this to {@link
   * #watchStarter(Runnable)}: it also notices a parent that died before this call.
   *
   * @param cleanUp run once before halting; may do nothing
   */
  public static ParentWatchdog watch(ProcessIdentity parent, Runnable cleanUp) {
    ParentWatchdog watchdog = new ParentWatchdog(parent, cleanUp);
    Thread thread = new Thread(watchdog::run, "parent-watchdog");
    thread.setDaemon(true);
    thread.start();
    return watchdog;
  }

  /**
   * Watches the process the operating system names as the parent of this one now.
   *
   * @throws IllegalStateException if it names none
   */
  public static ParentWatchdog watchStarter(Runnable cleanUp) {
    ProcessHandle parent =
        ProcessHandle.current()
            .parent()
            .orElseThrow(() -> new IllegalStateException("this process has no visible parent"));
    return watch(ProcessIdentity.of(parent), cleanUp);
  }

  private void run() {
    try {
      while (!closed.await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        if (!parent.isAlive()) {
          cleanUpAndHalt();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody but a debugger interrupts this thread
    }
  }

  private void cleanUpAndHalt() throws InterruptedException {
    Thread cleaner = new Thread(cleanUp, "parent-watchdog-clean-up");
    cleaner.setDaemon(true);
    cleaner.start();
    cleaner.join(CLEAN_UP_MILLIS);
    Runtime.getRuntime().halt(ORPHAN_EXIT_STATUS);
  }

  /** Stops watching; the JVM then outlives its parent. */
  @Override
  public void close() {
    closed.countDown();
  }
}
