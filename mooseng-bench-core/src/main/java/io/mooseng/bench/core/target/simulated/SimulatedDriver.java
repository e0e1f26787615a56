package io.mooseng.bench.core.target.simulated;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.simulation.EventQueue;
import io.mooseng.bench.core.simulation.ModelledSystem;
import io.mooseng.bench.core.simulation.SimulationModel;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileInfo;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.ListPage;
import io.mooseng.bench.core.target.Requests;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.target.memory.Namespace;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Answers every operation in virtual time, by the exchanges of the MooseNG protocol: as many round
 * trips, counted in the trace in the same way, over the model's path and server.
 *
 * <p>Files remember which payloads were written and deliver their bytes; none is ever corrupted.
 * One seed and one sequence of operations give the same times on every machine.
 *
 * <p><b>Used by one thread</b>, unlike other drivers: virtual time has one order of events.
 * Concurrency is modelled by {@link #readAsync} and {@link #statAsync}.
 */
public final class SimulatedDriver implements TargetDriver {

  /** A file's data is split into chunks of this many bytes, one stream each (MooseNG: 64 MiB). */
  private static final long CHUNK_BYTES = 64L << 20;

  private final EventQueue events = new EventQueue();
  private final Namespace<FileContent> namespace = new Namespace<>(FileContent::size);
  private final ModelledSystem system;

  public SimulatedDriver(SimulationModel model, long seed) {
    this.system = new ModelledSystem(model, seed, events);
  }

  /** The clock by which operations of this driver are to be timed. */
  public Ticker ticker() {
    return events.clock();
  }

  @Override
  public TargetIdentity identity() {
    return new TargetIdentity(SimulationModel.NAME + " (nothing measured)", "virtual time");
  }

  @Override
  public FileRef root() {
    return namespace.root();
  }

  @Override
  public FileRef createDirectory(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    masterCall(trace);
    return namespace.createDirectory(parent, name);
  }

  @Override
  public FileRef create(FileRef parent, String name, OperationTrace trace)
      throws OperationException {
    masterCall(trace);
    return namespace.createFile(parent, name, new FileContent());
  }

  /** CreateFile, then AllocateChunk and WriteChunk for each chunk. */
  @Override
  public FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException {
    FileRef file = create(parent, name, trace);
    writeChunks(0, payload.size(), trace);
    namespace.content(file).append(payload);
    return file;
  }

  /** AllocateChunk and WriteChunk for each chunk that the bytes lie in. */
  private void writeChunks(long offset, long length, OperationTrace trace) {
    long end = offset + length;
    for (long at = offset; at < end; ) {
      long part = Math.min(CHUNK_BYTES - at % CHUNK_BYTES, end - at);
      masterCall(trace);
      trace.roundTrip();
      timed(
          Stage.TRANSFER,
          trace,
          done -> system.open(() -> system.transfer(part, frame -> {}, done)));
      timed(Stage.CLOSE, trace, system::acknowledge);
      at += part;
    }
  }

  /** AllocateChunk and WriteChunk for each chunk; the first AllocateChunk finds what is refused. */
  @Override
  public void overwrite(FileRef file, long offset, Payload payload, OperationTrace trace)
      throws OperationException {
    Requests.requireSomething(payload);
    FileContent content = contentToChange(file, offset, payload.size(), trace);
    writeChunks(offset, payload.size(), trace);
    content.overwrite(offset, payload);
  }

  /** The content to change; a refusal costs the first call. */
  private FileContent contentToChange(FileRef file, long offset, long length, OperationTrace trace)
      throws OperationException {
    try {
      FileContent content = namespace.content(file);
      Requests.requireWithin(offset, length, content.size());
      return content;
    } catch (OperationException e) {
      masterCall(trace);
      throw e;
    }
  }

  /** GetFileInfo, for the size, then AllocateChunk and WriteChunk for each chunk. */
  @Override
  public void append(FileRef file, Payload payload, OperationTrace trace)
      throws OperationException {
    Requests.requireSomething(payload);
    masterCall(trace);
    FileContent content = namespace.content(file);
    writeChunks(content.size(), payload.size(), trace);
    content.append(payload);
  }

  @Override
  public void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException {
    await(startRead(file, sink, trace));
  }

  @Override
  public void readRange(
      FileRef file, long offset, long length, FrameSink sink, OperationTrace trace)
      throws OperationException {
    SimulatedRead read = newRead(file, sink, trace);
    read.start(offset, length);
    await(read);
  }

  private void await(SimulatedRead read) throws OperationException {
    events.runUntil(read.future()::isDone);
    read.throwFailure();
  }

  /** The future completes in virtual time, while a method of this driver lets events happen. */
  @Override
  public CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace) {
    return startRead(file, sink, trace).future();
  }

  private SimulatedRead startRead(FileRef file, FrameSink sink, OperationTrace trace) {
    SimulatedRead read = newRead(file, sink, trace);
    read.startWhole();
    return read;
  }

  private SimulatedRead newRead(FileRef file, FrameSink sink, OperationTrace trace) {
    return new SimulatedRead(
        system, events.clock(), () -> namespace.content(file), sink, trace, CHUNK_BYTES);
  }

  @Override
  public FileInfo stat(FileRef file, OperationTrace trace) throws OperationException {
    masterCall(trace);
    return namespace.stat(file);
  }

  /** As {@link #readAsync}: completes while a method of this driver lets events happen. */
  @Override
  public CompletableFuture<FileInfo> statAsync(FileRef file, OperationTrace trace) {
    CompletableFuture<FileInfo> future = new CompletableFuture<>();
    trace.roundTrip();
    long start = events.clock().nanoTime();
    system.call(
        () -> {
          trace.add(Stage.MASTER_RPC, events.clock().nanoTime() - start);
          try {
            future.complete(namespace.stat(file));
          } catch (OperationException e) {
            future.completeExceptionally(e);
          }
        });
    return future;
  }

  /** OpenFile, and CloseFile if there was something to open. */
  @Override
  public FileInfo statPath(String path, OperationTrace trace) throws OperationException {
    Requests.namesOf(path);
    masterCall(trace);
    FileInfo info = namespace.stat(namespace.byPath(path));
    masterCall(trace);
    return info;
  }

  /** One call, SetExtendedAttributes. */
  @Override
  public void setAttributes(String path, Map<String, byte[]> attributes, OperationTrace trace)
      throws OperationException {
    Requests.namesOf(path);
    masterCall(trace);
    namespace.setAttributes(namespace.byPath(path), attributes);
  }

  @Override
  public Map<String, byte[]> attributes(String path, OperationTrace trace)
      throws OperationException {
    Requests.namesOf(path);
    masterCall(trace);
    return namespace.attributes(namespace.byPath(path));
  }

  @Override
  public ListPage list(FileRef directory, long offset, int limit, OperationTrace trace)
      throws OperationException {
    masterCall(trace);
    return namespace.list(directory, offset, limit);
  }

  @Override
  public FileRef find(FileRef directory, String name, OperationTrace trace)
      throws OperationException {
    masterCall(trace);
    return namespace.find(directory, name);
  }

  @Override
  public FileRef rename(FileRef file, FileRef newParent, String newName, OperationTrace trace)
      throws OperationException {
    masterCall(trace);
    return namespace.rename(file, newParent, newName);
  }

  @Override
  public void delete(FileRef file, OperationTrace trace) throws OperationException {
    masterCall(trace);
    namespace.delete(file);
  }

  /** One call, DeleteDirectory with {@code recursive}. */
  @Override
  public void deleteTree(FileRef directory, OperationTrace trace) throws OperationException {
    masterCall(trace);
    namespace.deleteTree(directory);
  }

  @Override
  public boolean appliesConnectionSettings() {
    return false;
  }

  /** TCP counts no round trip of the protocol; the first response counts its call. */
  @Override
  public Connection connect(ConnectionDepth depth, OperationTrace trace) {
    timed(Stage.CONNECT, trace, system::connectTcp);
    if (depth == ConnectionDepth.FIRST_RESPONSE) {
      timed(Stage.CONNECT, trace, system::settings);
      masterCall(trace);
    }
    return () -> {};
  }

  /**
   * Lets events happen until {@code condition} holds.
   *
   * @throws IllegalStateException if it can never hold, for nothing is left to happen
   */
  @Override
  public void await(BooleanSupplier condition) {
    events.runUntil(condition);
  }

  /** This driver: one sequence of events is all of virtual time, and the model has no sessions. */
  @Override
  public TargetDriver newClient() {
    return this;
  }

  /** Does nothing: there is nothing to release. */
  @Override
  public void close() {}

  private void masterCall(OperationTrace trace) {
    trace.roundTrip();
    timed(Stage.MASTER_RPC, trace, system::call);
  }

  private void timed(Stage stage, OperationTrace trace, Consumer<Runnable> action) {
    long start = events.clock().nanoTime();
    perform(action);
    trace.add(stage, events.clock().nanoTime() - start);
  }

  private void perform(Consumer<Runnable> action) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    action.accept(() -> done.complete(null));
    events.runUntil(done::isDone);
  }
}
