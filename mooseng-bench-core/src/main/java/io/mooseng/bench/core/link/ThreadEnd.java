package io.mooseng.bench.core.link;

/** Waits for the thread of a link, which uses what is closed after it. */
public final class ThreadEnd {

  private ThreadEnd() {}

  /**
   * Returns once {@code thread} has ended, also to an interrupted caller, who stays interrupted.
   */
  public static void await(Thread thread) {
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
