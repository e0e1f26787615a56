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
import io.mooseng.bench.core.target.Requests;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.workload.Payload;
import java.util.Map;
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

  private final Namespace<StoredBytes> namespace = new Namespace<>(StoredBytes::size);
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
    return namespace.createFile(parent, name, new StoredBytes());
  }

  @Override
  public FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException {
    StoredBytes stored = new StoredBytes();
    append(stored, payload);
    return namespace.createFile(parent, name, stored);
  }

  private static void append(StoredBytes stored, Payload payload) throws OperationException {
    try {
      stored.append(payload);
    } catch (OutOfMemoryError e) {
      throw OperationException.light(
          FailureKind.RESOURCE_EXHAUSTED,
          "%d bytes do not fit the heap (-Xmx)".formatted(payload.size()));
    }
  }

  @Override
  public void overwrite(FileRef file, long offset, Payload payload, OperationTrace trace)
      throws OperationException {
    Requests.requireSomething(payload);
    StoredBytes stored = namespace.content(file);
    Requests.requireWithin(offset, payload.size(), stored.size());
    stored.overwrite(offset, payload);
  }

  @Override
  public void append(FileRef file, Payload payload, OperationTrace trace)
      throws OperationException {
    Requests.requireSomething(payload);
    append(namespace.content(file), payload);
  }

  @Override
  public void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException {
    StoredBytes stored = namespace.content(file);
    stored.writeTo(sink, 0, stored.size());
  }

  @Override
  public void readRange(
      FileRef file, long offset, long length, FrameSink sink, OperationTrace trace)
      throws OperationException {
    StoredBytes stored = namespace.content(file);
    Requests.requireWithin(offset, length, stored.size());
    stored.writeTo(sink, offset, length);
  }

  @Override
  public CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace) {
    return atOnce(
        () -> {
          read(file, sink, trace);
          return null;
        });
  }

  /** In the calling thread: a hand-over to another would cost more than the operation. */
  private <T> CompletableFuture<T> atOnce(Operation<T> operation) {
    try {
      return CompletableFuture.completedFuture(operation.perform());
    } catch (OperationException e) {
      return CompletableFuture.failedFuture(e);
    } finally {
      completions.signal();
    }
  }

  /** One operation, performed in the calling thread. */
  @FunctionalInterface
  private interface Operation<T> {
    T perform() throws OperationException;
  }

  @Override
  public FileInfo stat(FileRef file, OperationTrace trace) throws OperationException {
    return namespace.stat(file);
  }

  @Override
  public FileInfo statPath(String path, OperationTrace trace) throws OperationException {
    return stat(namespace.byPath(path), trace);
  }

  @Override
  public void setAttributes(String path, Map<String, byte[]> attributes, OperationTrace trace)
      throws OperationException {
    namespace.setAttributes(namespace.byPath(path), attributes);
  }

  @Override
  public Map<String, byte[]> attributes(String path, OperationTrace trace)
      throws OperationException {
    return namespace.attributes(namespace.byPath(path));
  }

  @Override
  public CompletableFuture<FileInfo> statAsync(FileRef file, OperationTrace trace) {
    return atOnce(() -> stat(file, trace));
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
  public boolean appliesConnectionSettings() {
    return false;
  }

  @Override
  public Connection connect(ConnectionDepth depth, OperationTrace trace) throws OperationException {
    throw OperationException.light(FailureKind.UNIMPLEMENTED, "memory has no connections to open");
  }

  @Override
  public void await(BooleanSupplier condition) throws InterruptedException {
    completions.await(condition);
  }

  /** This driver: memory has no connections. */
  @Override
  public TargetDriver newClient() {
    return this;
  }

  /** Does nothing: the files go with the driver. */
  @Override
  public void close() {}
}
