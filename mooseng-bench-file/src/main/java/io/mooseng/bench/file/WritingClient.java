package io.mooseng.bench.file;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.target.ClientThreads;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.workload.Payload;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A client that writes new files, all of the same content, into a directory of its own. Safe for
 * use by any number of threads, but between iterations, when it is for one.
 */
final class WritingClient implements ClientThreads.Client {

  private final Target target;
  private final Payload payload;
  private final FilePlaces places;
  private final AtomicLong named = new AtomicLong();
  private final AtomicInteger unremoved = new AtomicInteger();
  private volatile FileRef directory;

  /**
   * @param target its connection; closed by who opened it
   * @param payload what each of its files holds
   * @param mostFiles that it has on the target at once; at least as many as it has threads
   */
  WritingClient(Target target, Payload payload, int mostFiles) {
    this.target = target;
    this.payload = payload;
    this.places = new FilePlaces(mostFiles);
  }

  /** Makes the directory for an iteration. */
  void begin(FileRef parent, String name) throws OperationException {
    directory =
        TargetSession.inAnySession(
            target.driver(), (driver, trace) -> driver.createDirectory(parent, name, trace));
  }

  @Override
  public Target target() {
    return target;
  }

  @Override
  public void prepare() {
    places.take().ifPresent(this::remove);
  }

  private void remove(FileRef file) {
    try {
      TargetSession.inAnySession(
          target.driver(),
          (driver, trace) -> {
            driver.delete(file, trace);
            return null;
          });
    } catch (OperationException e) {
      // Then it stays until its directory is removed; the target's failures are those of writes.
      if (e.kind() != FailureKind.NOT_FOUND) {
        unremoved.incrementAndGet();
      }
    } finally {
      places.release();
    }
  }

  @Override
  public boolean perform() {
    Outcome<FileRef> outcome = target.write(directory, "f" + named.getAndIncrement(), payload);
    if (outcome instanceof Outcome.Success<FileRef> success) {
      places.keep(success.value());
    } else {
      places.release();
    }
    return outcome.succeeded();
  }

  /**
   * Reads what it has written last in this iteration and compares it, without measuring anything.
   *
   * @throws OperationException of kind CORRUPT if the file does not hold what was written
   */
  void verifyNewest() throws OperationException {
    Optional<FileRef> newest = places.newest();
    if (newest.isPresent()) {
      TargetSession.inAnySession(
          target.driver(),
          (driver, trace) -> {
            target.verify(newest.get(), payload);
            return null;
          });
    }
  }

  /** Old files that could not be removed in this iteration, and are above its bound. */
  int unremoved() {
    return unremoved.get();
  }

  /** Forgets the files of an iteration, which somebody else removes. */
  void end() {
    places.clear();
    unremoved.set(0);
  }
}
