package io.mooseng.bench.core.target.nio;

import java.nio.file.Path;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes "take this name if it is free" one step for the threads of a driver.
 *
 * <p>POSIX {@code rename} replaces silently, Java offers no other atomic move, and a hard link plus
 * an unlink would be two operations of the file system where one is to be measured. The directory
 * of a run is private to its driver, so excluding the driver's own threads from each other is
 * enough.
 */
final class NameLocks {

  /** Far more than threads, so that two different names seldom share a lock. */
  private static final int STRIPES = 1024;

  private final ReentrantLock[] locks = new ReentrantLock[STRIPES];

  NameLocks() {
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new ReentrantLock();
    }
  }

  /** The lock of a name; held while the name is taken. */
  ReentrantLock of(Path path) {
    int hash = path.hashCode();
    return locks[(hash ^ (hash >>> 16)) & (STRIPES - 1)];
  }
}
