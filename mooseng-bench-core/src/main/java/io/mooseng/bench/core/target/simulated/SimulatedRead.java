package io.mooseng.bench.core.target.simulated;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.simulation.ModelledSystem;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.workload.Payload;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One read under way: GetFileInfo, then ReadChunk for each chunk, one after the other. */
final class SimulatedRead {

  /** How the server finds the file. */
  @FunctionalInterface
  interface Lookup {
    Optional<Payload> find() throws OperationException;
  }

  private final ModelledSystem system;
  private final Ticker clock;
  private final FrameSink sink;
  private final OperationTrace trace;
  private final long chunkBytes;
  private final CompletableFuture<Void> future = new CompletableFuture<>();
  private OperationException failure;
  private Optional<Payload> payload;
  private long stageStart;

  SimulatedRead(
      ModelledSystem system, Ticker clock, FrameSink sink, OperationTrace trace, long chunkBytes) {
    this.system = system;
    this.clock = clock;
    this.sink = sink;
    this.trace = trace;
    this.chunkBytes = chunkBytes;
  }

  CompletableFuture<Void> future() {
    return future;
  }

  /** Throws what a read that has ended failed with, if it did. */
  void throwFailure() throws OperationException {
    if (failure != null) {
      throw failure;
    }
  }

  void start(Lookup lookup) {
    trace.roundTrip();
    stageStart = clock.nanoTime();
    system.call(
        () -> {
          endStage(Stage.MASTER_RPC);
          try {
            payload = lookup.find();
          } catch (OperationException e) {
            failure = e;
            future.completeExceptionally(e);
            return;
          }
          readChunks(0);
        });
  }

  private void readChunks(long offset) {
    long size = payload.map(Payload::size).orElse(0L);
    if (offset >= size) {
      future.complete(null);
      return;
    }
    long length = Math.min(chunkBytes, size - offset);
    trace.roundTrip();
    system.request(
        () -> {
          endStage(Stage.FIRST_BYTE);
          system.transfer(
              length,
              frame -> deliver(offset + frame),
              () -> {
                endStage(Stage.TRANSFER);
                readChunks(offset + length);
              });
        });
  }

  /** Chunks are multiples of frames, so a frame ends where the payload does or is a whole one. */
  private void deliver(long offset) {
    sink.accept(payload.orElseThrow().slice(offset, ModelledSystem.FRAME_BYTES));
  }

  private void endStage(Stage stage) {
    long now = clock.nanoTime();
    trace.add(stage, now - stageStart);
    stageStart = now;
  }
}
