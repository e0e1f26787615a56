package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The SPI of a system under test: how one operation is performed there.
 *
 * <p>A driver performs and reports; it never measures (that is {@link Target}'s job, so that an
 * adapter cannot measure wrongly), never retries unless it is configured to and counts it, and
 * never caches. All methods may be called by any number of threads at once.
 *
 * <p>Every failure of an operation is an {@link OperationException} of the matching kind; anything
 * else that escapes is a defect of the driver.
 */
public interface TargetDriver extends AutoCloseable {

  /** Who answers behind this driver; asked from the system when the driver was opened. */
  TargetIdentity identity();

  /** The directory the target was named by; it may hold what is not ours. */
  FileRef root();

  /** Creates a directory; fails with ALREADY_EXISTS if the name is taken. */
  FileRef createDirectory(FileRef parent, String name, OperationTrace trace)
      throws OperationException;

  /** Creates an empty file; fails with ALREADY_EXISTS if the name is taken. */
  FileRef create(FileRef parent, String name, OperationTrace trace) throws OperationException;

  /**
   * Creates a file and writes all of {@code payload} into it. Returns when the target has
   * acknowledged the data and the file's size is visible to others.
   */
  FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException;

  /** Reads the whole file into {@code sink}. */
  void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException;

  /**
   * As {@link #read}, without waiting. The future completes exceptionally with an {@link
   * OperationException}; {@code sink} and {@code trace} are touched by one thread at a time, and no
   * longer once the future is complete.
   */
  CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace);

  /** Size and type of a file or directory. */
  FileInfo stat(FileRef file, OperationTrace trace) throws OperationException;

  /**
   * One page of a directory.
   *
   * @param offset 0 for the first page, then {@link ListPage#nextOffset}
   * @param limit most entries of a page, at least 1
   */
  ListPage list(FileRef directory, long offset, int limit, OperationTrace trace)
      throws OperationException;

  /**
   * The file or directory of this name, whoever made it; a symbolic link is found as itself. Not
   * measured: a target without such a call may list the directory.
   *
   * @throws OperationException NOT_FOUND if the directory has no such name
   */
  FileRef find(FileRef directory, String name, OperationTrace trace) throws OperationException;

  /**
   * Whether two files or directories belong to one user, as far as this target tells its users
   * apart.
   */
  default boolean sameOwner(FileRef one, FileRef other) throws OperationException {
    return true;
  }

  /** Gives a file a new parent and name; fails with ALREADY_EXISTS if the name is taken. */
  FileRef rename(FileRef file, FileRef newParent, String newName, OperationTrace trace)
      throws OperationException;

  /** Deletes a file. */
  void delete(FileRef file, OperationTrace trace) throws OperationException;

  /** Deletes a directory and all that is in it. */
  void deleteTree(FileRef directory, OperationTrace trace) throws OperationException;

  /**
   * Opens a new connection from nothing and takes it to {@code depth}.
   *
   * @return the open connection, to be closed by the caller after its time was taken
   * @throws OperationException of kind UNIMPLEMENTED if the target has no connections
   */
  Connection connect(ConnectionDepth depth, OperationTrace trace) throws OperationException;

  /**
   * Waits until {@code condition} holds, letting asynchronous operations of this driver proceed.
   * The condition is checked again whenever one of them has completed.
   */
  void await(BooleanSupplier condition) throws InterruptedException;

  /** Releases connections and threads; what was created on the target stays. */
  @Override
  void close();

  /** A connection that {@link #connect} opened. */
  interface Connection extends AutoCloseable {
    @Override
    void close();
  }
}
