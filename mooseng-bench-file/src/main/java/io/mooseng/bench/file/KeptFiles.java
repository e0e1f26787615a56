package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.target.FileRef;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds how many files a benchmark leaves on its target. Safe for use by any number of threads;
 * each of them may leave one more.
 */
final class KeptFiles {

  private final int most;
  private final Queue<FileRef> oldestFirst = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * @param most files, at least 1
   */
  KeptFiles(int most) {
    this.most = most;
  }

  /** A file that was written. */
  void keep(FileRef file) {
    oldestFirst.add(file);
    count.incrementAndGet();
  }

  /**
   * Removes the oldest file if there are more than may be.
   *
   * @throws io.mooseng.bench.core.jmh.SessionException if the target fails
   */
  void makeRoom(TargetSession session) {
    if (count.get() > most) {
      FileRef oldest = oldestFirst.poll();
      // Another thread may have been faster.
      if (oldest != null) {
        count.decrementAndGet();
        session.delete(oldest);
      }
    }
  }

  /** Forgets all of them. For one thread, while no other keeps files. */
  void clear() {
    oldestFirst.clear();
    count.set(0);
  }
}
