package io.mooseng.bench.file;

import io.mooseng.bench.core.target.FileRef;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Places for the files that a benchmark or one of its clients may have on a target at once; those
 * being written are among them where places are taken before. Safe for use by as many threads as
 * there are places.
 */
final class FilePlaces {

  private final int most;
  private final ConcurrentLinkedDeque<FileRef> oldestFirst = new ConcurrentLinkedDeque<>();
  private final AtomicInteger taken = new AtomicInteger();

  /**
   * @param most places, at least as many as there are threads
   */
  FilePlaces(int most) {
    this.most = most;
  }

  /**
   * Takes a place for a file that is to be written, or just was: until {@link #keep} or {@link
   * #release}.
   *
   * @return what must be removed first, and its place released
   */
  Optional<FileRef> take() {
    if (taken.incrementAndGet() <= most) {
      return Optional.empty();
    }
    // If there is none, other threads are removing all that are too many.
    return Optional.ofNullable(oldestFirst.poll());
  }

  /** The file of a place was removed, or could not be written. */
  void release() {
    taken.decrementAndGet();
  }

  /** The file of a place was written. */
  void keep(FileRef file) {
    oldestFirst.add(file);
  }

  /** The file that was written last and is still there, if there is one. */
  Optional<FileRef> newest() {
    return Optional.ofNullable(oldestFirst.peekLast());
  }

  /** Forgets all of them. For one thread, while no other uses a place. */
  void clear() {
    oldestFirst.clear();
    taken.set(0);
  }
}
