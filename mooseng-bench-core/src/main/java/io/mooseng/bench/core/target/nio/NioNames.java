package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Requests;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Which path a name means, and who may take one that is free. Safe for use by any number of
 * threads.
 */
final class NioNames {

  private final Path root;
  private final NameLocks locks = new NameLocks();

  NioNames(Path root) {
    this.root = root;
  }

  /** What is done with a name that is free. */
  @FunctionalInterface
  interface Taking {
    void take(Path path, StageClock clock) throws IOException;
  }

  /**
   * Takes a name, under its lock (see {@link NameLocks}).
   *
   * @param last the stage at whose end the operation ends
   */
  FileRef take(Path parent, String name, OperationTrace trace, Stage last, Taking action)
      throws OperationException {
    StageClock clock = new StageClock(trace);
    return NioFailures.translated(
        () -> {
          Path path = child(parent, name);
          ReentrantLock lock = locks.of(path);
          if (!lock.tryLock()) {
            lock.lock();
            clock.end(Stage.QUEUE);
          }
          try {
            action.take(path, clock);
          } finally {
            lock.unlock();
            clock.end(last);
          }
          return new NioFile(path);
        });
  }

  /** One {@code lstat} of the new name and one atomic move; see {@link NioDriver#rename}. */
  static void move(Path source, Path target) throws IOException {
    if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
      if (!Files.exists(source, LinkOption.NOFOLLOW_LINKS)) {
        throw new NoSuchFileException(source.toString());
      }
      throw new FileAlreadyExistsException(target.toString());
    }
    try {
      Files.move(source, target, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException | UnsupportedOperationException e) {
      Files.move(source, target);
    }
  }

  /**
   * What a path from the root leads to.
   *
   * @throws OperationException of kind INVALID if it is none
   */
  Path below(String path) throws OperationException {
    List<String> names = Requests.namesOf(path);
    return NioFailures.translated(
        () -> {
          Path target = root;
          for (String name : names) {
            target = child(target, name);
          }
          return target;
        });
  }

  /** Only a plain name stays in its directory. */
  static Path child(Path parent, String name) throws OperationException {
    Path plain = parent.getFileSystem().getPath(name);
    boolean leaves = name.isEmpty() || name.equals(".") || name.equals("..");
    if (leaves || plain.isAbsolute() || plain.getNameCount() != 1) {
      throw OperationException.light(
          FailureKind.INVALID, "'" + name + "' is not a file name; accepted: a name without '/'");
    }
    return parent.resolve(plain);
  }
}
