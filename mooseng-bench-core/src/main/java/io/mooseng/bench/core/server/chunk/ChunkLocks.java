package io.mooseng.bench.core.server.chunk;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps readers of a chunk apart from who changes it in place. A lock is held while one frame is
 * read or written, never from one frame to the next, so that none is waited for longer than that.
 */
final class ChunkLocks {

  /** Far more than threads, so that two chunks seldom share a lock; chunks have ids in a row. */
  private static final int STRIPES = 1024;

  private final ReadWriteLock[] locks = new ReadWriteLock[STRIPES];

  ChunkLocks() {
    for (int i = 0; i < STRIPES; i++) {
      locks[i] = new ReentrantReadWriteLock();
    }
  }

  ReadWriteLock of(long chunkId) {
    return locks[(int) (chunkId & (STRIPES - 1))];
  }
}
