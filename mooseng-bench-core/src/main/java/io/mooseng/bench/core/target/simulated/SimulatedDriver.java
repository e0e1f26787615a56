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
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetIdentity;
import io.mooseng.bench.core.target.memory.Namespace;
import io.mooseng.bench.core.workload.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Answers every operation in virtual time, by the exchanges of the MooseNG protocol: as many round
 * trips, counted in the trace in the same way, over the model's path and server.
 *
 * <p>Files remember which payload was written and deliver its bytes; none is ever corrupted. One
 * seed and one sequence of operations give the same times on every machine.
 *
 * <p><b>Used by one thread</b>, unlike other drivers: virtual time has one order of events.
 * Concurrency is modelled by {@link #readAsync}.
 */
public final class SimulatedDriver implements TargetDriver {

  /** A file's data is split into chunks of this many bytes, one stream each (MooseNG: 64 MiB). */
  private static final long CHUNK_BYTES = 64L << 20;

  private final EventQueue events = new EventQueue();
  private final Namespace<Optional<Payload>> namespace = new Namespace<>();
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
    return namespace.createFile(parent, name, Optional.empty());
  }

  /** CreateFile, then AllocateChunk and WriteChunk for each chunk. */
  @Override
  public FileRef write(FileRef parent, String name, Payload payload, OperationTrace trace)
      throws OperationException {
    masterCall(trace);
    FileRef file = namespace.createFile(parent, name, Optional.of(payload));
    for (long offset = 0; offset < payload.size(); offset += CHUNK_BYTES) {
      long length = Math.min(CHUNK_BYTES, payload.size() - offset);
      masterCall(trace);
      trace.roundTrip();
      timed(
          Stage.TRANSFER,
          trace,
          done ->
              system.open(
                  () -> system.transfer(length, frame -> {}, () -> system.acknowledge(done))));
    }
    return file;
  }

  @Override
  public void read(FileRef file, FrameSink sink, OperationTrace trace) throws OperationException {
    SimulatedRead read = startRead(file, sink, trace);
    events.runUntil(read.future()::isDone);
    read.throwFailure();
  }

  /** The future completes in virtual time, while a method of this driver lets events happen. */
  @Override
  public CompletableFuture<Void> readAsync(FileRef file, FrameSink sink, OperationTrace trace) {
    return startRead(file, sink, trace).future();
  }

  private SimulatedRead startRead(FileRef file, FrameSink sink, OperationTrace trace) {
    SimulatedRead read = new SimulatedRead(system, events.clock(), sink, trace, CHUNK_BYTES);
    read.start(() -> namespace.content(file));
    return read;
  }

  @Override
  public FileInfo stat(FileRef file, OperationTrace trace) throws OperationException {
    masterCall(trace);
    return namespace.isDirectory(file)
        ? new FileInfo(0, true)
        : new FileInfo(namespace.content(file).map(Payload::size).orElse(0L), false);
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

  /** TCP counts no round trip of the protocol; the first response counts its call. */
  @Override
  public Connection connect(ConnectionDepth depth, OperationTrace trace) {
    perform(system::connectTcp);
    if (depth == ConnectionDepth.FIRST_RESPONSE) {
      perform(system::settings);
      trace.roundTrip();
      perform(system::call);
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
