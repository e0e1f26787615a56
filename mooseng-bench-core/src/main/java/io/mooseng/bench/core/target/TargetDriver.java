package io.mooseng.bench.core.target;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.Payload;
import java.util.Map;
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

  /**
   * Replaces the bytes of a file from {@code offset} by all of {@code payload}, which has at least
   * one. Fails with INVALID if it would end beyond the file. Returns when the target has
   * acknowledged the data, as {@link #write} does.
   *
   * <p>Writes at once to different bytes of one file all take effect. Who reads meanwhile may get
   * any mixture of old and new bytes where both touch the same ones, and no others.
   */
  void overwrite(FileRef file, long offset, Payload payload, OperationTrace trace)
      throws OperationException;

  /**
   * Adds all of {@code payload}, which has at least one byte, to the end of a file. Returns when
   * the target has acknowledged the data and the new size is visible to others.
   *
   * <p>One at a time per file: not every target can tell appends apart that come at once.
   */
  void append(FileRef file, Payload payload, OperationTrace trace) throws OperationException;

  /** Reads the whole file into {@code sink}. */
  void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException;

  /**
   * As {@link #read}, without waiting. The future completes exceptionally with an {@link
   * OperationException}; {@code sink} and {@code trace} are touched by one thread at a time, and no
   * longer once the future is complete.
   */
  CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace);

  /**
   * Reads exactly {@code length} bytes from {@code offset}. Fails with INVALID if the file has no
   * such bytes, and then hands none to {@code sink}.
   */
  void readRange(FileRef file, long offset, long length, FrameSink sink, OperationTrace trace)
      throws OperationException;

  /** Size and type of a file or directory. */
  FileInfo stat(FileRef file, OperationTrace trace) throws OperationException;

  /** As {@link #stat}, without waiting, on the terms of {@link #readAsync}. */
  CompletableFuture<FileInfo> statAsync(FileRef file, OperationTrace trace);

  /**
   * Size and type of what a path leads to; fails with NOT_FOUND if a name of it does not exist.
   *
   * @param path names below {@link #root}, separated by single slashes
   */
  FileInfo statPath(String path, OperationTrace trace) throws OperationException;

  /**
   * Sets extended attributes of a file or directory; those it has by other names stay. A target
   * that cannot set several at once sets them one after the other.
   *
   * @param path as for {@link #statPath}
   * @throws OperationException of kind UNIMPLEMENTED if the target has no such attributes
   */
  void setAttributes(String path, Map<String, byte[]> attributes, OperationTrace trace)
      throws OperationException;

  /** All extended attributes of a file or directory; see {@link #setAttributes}. */
  Map<String, byte[]> attributes(String path, OperationTrace trace) throws OperationException;

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
   * Whether the target itself decides who of several gets a name that is free; if not, this driver
   * does, among its own threads only.
   */
  default boolean decidesWhoGetsAName() {
    return true;
  }

  /** Whether {@link ConnectionSettings} change anything; a target without sockets ignores them. */
  default boolean appliesConnectionSettings() {
    return true;
  }

  /**
   * How many sessions of this driver, and of the clients made from it, its target had forgotten and
   * were made anew, since it was opened; known after it was closed, too. Safe for any thread.
   */
  default long sessionsLost() {
    return 0;
  }

  /**
   * Makes sure, for what is not measured, that the target knows the session of this driver: asks
   * for it, and makes it anew where it was lost. Waits for the answer, at most twice as long as for
   * a server when the driver is opened; if none comes, the next operation fails. Not for the
   * callbacks of a driver.
   */
  default void confirmSession() {}

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
   * Waits until {@code condition} holds, letting asynchronous operations of this driver, and of the
   * clients made from it, proceed. The condition is checked again whenever one of them has
   * completed, in the thread that completed it as well: it must be short, and safe to be read
   * there.
   */
  void await(BooleanSupplier condition) throws InterruptedException;

  /**
   * Another client of the same target, as independent of this one as the target allows: with
   * connections and a session of its own where there are such things, or a view of this driver
   * where there are not. What one client does, the others see; {@link FileRef}s go from one to
   * another.
   *
   * <p>Many clients share threads. Each is closed by itself, before the driver it came from.
   */
  TargetDriver newClient() throws OperationException;

  /** Releases connections and threads; what was created on the target stays. */
  @Override
  void close();

  /** A connection that {@link #connect} opened. */
  interface Connection extends AutoCloseable {
    @Override
    void close();
  }
}
