package io.mooseng.bench.core.server.probe;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Who wants to know of the end of which call. Safe for any number of threads. */
final class Watches {

  /** A client that dies is forgotten with its connection; this bounds one that does not. */
  static final int MOST = 10_000;

  private final ConcurrentMap<Long, Runnable> watchers = new ConcurrentHashMap<>();

  /** Takes a watcher, unless the number is taken or there are {@value #MOST}. */
  boolean add(long id, Runnable watcher) {
    return watchers.size() < MOST && watchers.putIfAbsent(id, watcher) == null;
  }

  /** Tells the watcher of a call that it has ended, once. */
  void release(long id) {
    Runnable watcher = watchers.remove(id);
    if (watcher != null) {
      watcher.run();
    }
  }

  /** Forgets a watcher. */
  void remove(long id) {
    watchers.remove(id);
  }
}
