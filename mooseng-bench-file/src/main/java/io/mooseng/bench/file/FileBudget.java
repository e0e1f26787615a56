package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.target.FileRef;
import java.util.ArrayDeque;
import java.util.Deque;

/** Bounds how many bytes of one file size a benchmark leaves on its target. For one thread. */
final class FileBudget {

  private final long limitBytes;
  private final Deque<FileRef> oldestFirst = new ArrayDeque<>();

  FileBudget(long limitBytes) {
    this.limitBytes = limitBytes;
  }

  /** Removes the oldest file if one more of {@code size} bytes would exceed the budget. */
  void makeRoom(TargetSession session, long size) {
    if (!oldestFirst.isEmpty() && (oldestFirst.size() + 1) * size > limitBytes) {
      FileRef oldest = oldestFirst.poll();
      session.delete(oldest);
    }
  }

  void keep(FileRef file) {
    oldestFirst.add(file);
  }

  void clear() {
    oldestFirst.clear();
  }
}
