package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.CompletionSignal;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.Requests;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.workload.Payload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * Drives any {@code java.nio.file} file system.
 *
 * <p>Creates and deletes what it is told to and nothing else. What the operating system caches
 * stays cached: a read after a write measures the page cache.
 *
 * <p>NIO is not a protocol, so no round trips are counted and there is nothing to connect to. Safe
 * for use by any number of threads, all of them through this one driver.
 */
public final class NioDriver implements TargetDriver {

  private final NioLocation location;
  private final TargetIdentity identity;
  private final Path root;
  private final NioContents contents;
  private final boolean overwrites;
  private final NioNames names;
  private final NioListings listings;
  private final CompletionSignal completions;
  private final AsyncCalls asyncCalls;

  /** Whether all of it belongs to the driver this one came from. */
  private final boolean view;

  private NioDriver(
      NioLocation location,
      TargetIdentity identity,
      Path root,
      boolean overwrites,
      NioOptions options) {
    this.location = location;
    this.identity = identity;
    this.root = root;
    this.contents = new NioContents(options.fsync());
    this.overwrites = overwrites;
    this.names = new NioNames(root);
    this.listings = new NioListings();
    this.completions = new CompletionSignal();
    this.asyncCalls = new AsyncCalls(options.maxInFlight(), completions);
    this.view = false;
  }

  private NioDriver(NioDriver owner) {
    this.location = owner.location;
    this.identity = owner.identity;
    this.root = owner.root;
    this.contents = owner.contents;
    this.overwrites = owner.overwrites;
    this.names = owner.names;
    this.listings = owner.listings;
    this.completions = owner.completions;
    this.asyncCalls = owner.asyncCalls;
    this.view = true;
  }

  /**
   * Opens the directory that {@code uri} names, and leaves it as it is.
   *
   * @throws OperationException if the directory is missing, is none, or cannot be written to, if
   *     the scheme has no provider (the installed ones are named), or if fsync was asked of a file
   *     system that has no such thing
   */
  public static NioDriver open(URI uri, NioOptions options) throws OperationException {
    NioLocation location = NioLocation.of(uri);
    try {
      Path root = NioFailures.translated(() -> location.directory().toRealPath());
      TargetIdentity identity =
          NioFailures.translated(() -> new TargetIdentity(location.description(), uri.toString()));
      if (options.fsync()) {
        NioContents.requireForce(root);
      }
      boolean overwrites = NioFailures.translated(() -> NioContents.overwrites(root));
      return new NioDriver(location, identity, root, overwrites, options);
    } catch (OperationException e) {
      abandon(location, e);
      throw new OperationException(e.kind(), "%s: %s".formatted(uri, e.getMessage()), e);
    }
  }

  private static void abandon(NioLocation location, OperationException failure) {
    try {
      location.close();
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
  }

  @Override
  public TargetIdentity identity() {
    return identity;
  }

  @Override
  public FileRef root() {
    return new NioFile(root);
  }

  @Override
  public FileRef createDirectory(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    return names.take(
        path(parent), name, trace, Stage.METADATA, (path, clock) -> Files.createDirectory(path));
  }

  @Override
  public FileRef create(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    return names.take(
        path(parent), name, trace, Stage.METADATA, (path, clock) -> Files.createFile(path));
  }

  @Override
  public FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException {
    return names.take(
        path(parent),
        name,
        trace,
        Stage.CLOSE,
        (path, clock) -> contents.write(path, payload, clock));
  }

  @Override
  public void overwrite(FileRef file, long offset, Payload payload, OperationTrace trace)
      throws OperationException {
    Requests.requireSomething(payload);
    if (!overwrites) {
      throw OperationException.light(
          FailureKind.UNIMPLEMENTED, "the file system cannot replace bytes within a file");
    }
    StageClock clock = new StageClock(trace);
    perform(() -> contents.overwrite(path(file), offset, payload, clock));
  }

  @Override
  public void append(FileRef file, Payload payload, OperationTrace trace)
      throws OperationException {
    StageClock clock = new StageClock(trace);
    Requests.requireSomething(payload);
    perform(() -> contents.append(path(file), payload, clock));
  }

  @Override
  public void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException {
    read(file, sink, new StageClock(trace));
  }

  private void read(FileRef file, FrameSink sink, StageClock clock) throws OperationException {
    perform(() -> contents.read(path(file), sink, clock));
  }

  @Override
  public void readRange(
      FileRef file, long offset, long length, FrameSink sink, OperationTrace trace)
      throws OperationException {
    StageClock clock = new StageClock(trace);
    perform(() -> contents.readRange(path(file), offset, length, sink, clock));
  }

  @Override
  public CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace) {
    StageClock clock = new StageClock(trace);
    return asyncCalls.start(
        () -> {
          clock.end(Stage.QUEUE);
          read(file, sink, clock);
          return null;
        });
  }

  @Override
  public FileInfo stat(FileRef file, OperationTrace trace) throws OperationException {
    return stat(path(file), new StageClock(trace));
  }

  private static FileInfo stat(Path path, StageClock clock) throws OperationException {
    BasicFileAttributes found =
        asked(
            clock,
            () -> Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS));
    boolean special = found.isSymbolicLink() || found.isOther();
    return new FileInfo(found.isDirectory() ? 0 : found.size(), found.isDirectory(), special);
  }

  @Override
  public CompletableFuture<FileInfo> statAsync(FileRef file, OperationTrace trace) {
    StageClock clock = new StageClock(trace);
    return asyncCalls.start(
        () -> {
          clock.end(Stage.QUEUE);
          return stat(path(file), clock);
        });
  }

  @Override
  public FileInfo statPath(String path, OperationTrace trace) throws OperationException {
    StageClock clock = new StageClock(trace);
    return stat(names.below(path), clock);
  }

  /** One system call for each attribute; see {@link UserDefinedFileAttributeView}. */
  @Override
  public void setAttributes(String path, Map<String, byte[]> attributes, OperationTrace trace)
      throws OperationException {
    StageClock clock = new StageClock(trace);
    Path target = names.below(path);
    metadata(clock, () -> NioAttributes.set(target, attributes));
  }

  @Override
  public Map<String, byte[]> attributes(String path, OperationTrace trace)
      throws OperationException {
    StageClock clock = new StageClock(trace);
    Path target = names.below(path);
    return asked(clock, () -> NioAttributes.all(target));
  }

  /**
   * One page, in the order of the file system, which stays open for the next page: see {@link
   * NioListings}. Pages fit together as long as the directory does not change.
   */
  @Override
  public ListPage list(FileRef directory, long offset, int limit, OperationTrace trace)
      throws OperationException {
    return asked(new StageClock(trace), () -> listings.page(path(directory), offset, limit));
  }

  @Override
  public FileRef find(FileRef directory, String name, OperationTrace trace)
      throws OperationException {
    NioFile found = new NioFile(NioNames.child(path(directory), name));
    stat(found, trace);
    return found;
  }

  /** Where the file system knows no owners, all is one user's. */
  @Override
  public boolean sameOwner(FileRef one, FileRef other) throws OperationException {
    return NioFailures.translated(() -> owner(one).equals(owner(other)));
  }

  private static Optional<UserPrincipal> owner(FileRef file) throws IOException {
    try {
      return Optional.of(Files.getOwner(path(file), LinkOption.NOFOLLOW_LINKS));
    } catch (UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  /**
   * Renames with one {@code lstat} of the new name and one atomic move, under a lock (see {@link
   * NameLocks}). Where the file system has no atomic move, its own move that does not replace is
   * used.
   */
  @Override
  public FileRef rename(FileRef file, FileRef newParent, String newName, OperationTrace trace)
      throws OperationException {
    Path source = path(file);
    return names.take(
        path(newParent),
        newName,
        trace,
        Stage.METADATA,
        (target, clock) -> NioNames.move(source, target));
  }

  @Override
  public void delete(FileRef file, OperationTrace trace) throws OperationException {
    metadata(new StageClock(trace), () -> Files.delete(path(file)));
  }

  @Override
  public void deleteTree(FileRef directory, OperationTrace trace) throws OperationException {
    metadata(new StageClock(trace), () -> NioTree.delete(path(directory)));
  }

  @Override
  public boolean appliesConnectionSettings() {
    return false;
  }

  /** A lock of this driver does, and a look before the move: see {@link NameLocks}. */
  @Override
  public boolean decidesWhoGetsAName() {
    return false;
  }

  /** What names are asked for, or made into; the time counts even if that is refused. */
  private static <T> T asked(StageClock clock, NioFailures.Call<T> call) throws OperationException {
    try {
      return NioFailures.translated(call);
    } finally {
      clock.end(Stage.METADATA);
    }
  }

  private static void metadata(StageClock clock, Action action) throws OperationException {
    asked(
        clock,
        () -> {
          action.perform();
          return null;
        });
  }

  /** What a file system is asked to do, without an answer. */
  @FunctionalInterface
  private interface Action {
    void perform() throws IOException, OperationException;
  }

  private static void perform(Action action) throws OperationException {
    NioFailures.translated(
        () -> {
          action.perform();
          return null;
        });
  }

  @Override
  public Connection connect(ConnectionDepth depth, OperationTrace trace) throws OperationException {
    throw OperationException.light(
        FailureKind.UNIMPLEMENTED, "a file system has no connections to open");
  }

  @Override
  public void await(BooleanSupplier condition) throws InterruptedException {
    completions.await(condition);
  }

  /** A view of this driver, with its threads and its locks; closing it does nothing. */
  @Override
  public TargetDriver newClient() {
    return new NioDriver(this);
  }

  /**
   * Stops the threads, closes directories that were not listed to their end, and the file system if
   * it was opened for this driver.
   *
   * @throws UncheckedIOException if that fails: what was written may be lost
   */
  @Override
  public void close() {
    if (view) {
      return;
    }
    asyncCalls.close();
    try (location) {
      listings.close();
    } catch (IOException e) {
      throw new UncheckedIOException("not closed cleanly: " + root, e);
    }
  }

  private static Path path(FileRef file) {
    return ((NioFile) file).path();
  }
}
