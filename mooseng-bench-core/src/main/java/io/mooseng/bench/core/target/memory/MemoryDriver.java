package io.mooseng.bench.core.target.memory;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.CompletionSignal;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.workload.Payload;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

/**
 * The control target: as cheap as is honest.
 *
 * <p>A write copies the payload once into heap memory, so that a read verifies what was written and
 * not what was meant: it costs one allocation and one copy per started MiB. A read hands out the
 * stored blocks without a copy. A metadata operation is a few lookups in maps; creating, renaming
 * and deleting take the monitor of the directories concerned. Memory in use is the bytes of the
 * files that exist, and what does not fit the heap is RESOURCE_EXHAUSTED.
 *
 * <p>Reports no stages and no round trips, for there are none. Safe for use by any number of
 * threads.
 */
public final class MemoryDriver implements TargetDriver {

  private final Namespace<StoredBytes> namespace = new Namespace<>();
  private final CompletionSignal completions = new CompletionSignal();

  @Override
  public TargetIdentity identity() {
    return new TargetIdentity("MooseNG Bench in-memory control", "memory of this JVM");
  }

  @Override
  public FileRef root() {
    return namespace.root();
  }

  @Override
  public FileRef createDirectory(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    return namespace.createDirectory(parent, name);
  }

  @Override
  public FileRef create(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    return namespace.createFile(parent, name, StoredBytes.EMPTY);
  }

  @Override
  public FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException {
    return namespace.createFile(parent, name, stored(payload));
  }

  private static StoredBytes stored(Payload payload) throws OperationException {
    try {
      return StoredBytes.copyOf(payload);
    } catch (OutOfMemoryError e) {
      throw OperationException.light(
          FailureKind.RESOURCE_EXHAUSTED,
          "%d bytes do not fit the heap (-Xmx)".formatted(payload.size()));
    }
  }

  @Override
  public void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException {
    namespace.content(file).writeTo(sink);
  }

  /** Reads in the calling thread: a hand-over to another would cost more than the read. */
  @Override
  public CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace) {
    try {
      read(file, sink, trace);
      return CompletableFuture.completedFuture(null);
    } catch (OperationException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      completions.signal();
    }
  }

  @Override
  public FileInfo stat(FileRef file, OperationTrace trace) throws OperationException {
    return namespace.isDirectory(file)
        ? new FileInfo(0, true)
        : new FileInfo(namespace.content(file).size(), false);
  }

  /** One page, in the order of creation; a page costs the same wherever it starts. */
  @Override
  public ListPage list(FileRef directory, long offset, int limit, OperationTrace trace)
      throws OperationException {
    return namespace.list(directory, offset, limit);
  }

  @Override
  public FileRef find(FileRef directory, String name, OperationTrace trace)
      throws OperationException {
    return namespace.find(directory, name);
  }

  @Override
  public FileRef rename(FileRef file, FileRef newParent, String newName, OperationTrace trace)
      throws OperationException {
    return namespace.rename(file, newParent, newName);
  }

  @Override
  public void delete(FileRef file, OperationTrace trace) throws OperationException {
    namespace.delete(file);
  }

  @Override
  public void deleteTree(FileRef directory, OperationTrace trace) throws OperationException {
    namespace.deleteTree(directory);
  }

  @Override
  public Connection connect(ConnectionDepth depth, OperationTrace trace) throws OperationException {
    throw OperationException.light(FailureKind.UNIMPLEMENTED, "memory has no connections to open");
  }

  @Override
  public void await(BooleanSupplier condition) throws InterruptedException {
    completions.await(condition);
  }

  /** Does nothing: the files go with the driver. */
  @Override
  public void close() {}
}
