package io.mooseng.bench.core.target.simulated;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.simulation.ModelledSystem;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.target.Requests;
import io.mooseng.bench.core.workload.FileContent;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** One read under way: GetFileInfo, then ReadChunk for each chunk, one after the other. */
final class SimulatedRead {

  /** How the server finds the file. */
  @FunctionalInterface
  interface Lookup {
    FileContent find() throws OperationException;
  }

  private final ModelledSystem system;
  private final Ticker clock;
  private final Lookup lookup;
  private final FrameSink sink;
  private final OperationTrace trace;
  private final long chunkBytes;
  private final CompletableFuture<Void> future = new CompletableFuture<>();
  private OperationException failure;
  private FileContent content;
  private long end;
  private long stageStart;

  SimulatedRead(
      ModelledSystem system,
      Ticker clock,
      Lookup lookup,
      FrameSink sink,
      OperationTrace trace,
      long chunkBytes) {
    this.system = system;
    this.clock = clock;
    this.lookup = lookup;
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

  void startWhole() {
    locate(() -> readChunks(0, content.size()));
  }

  void start(long offset, long length) {
    locate(
        () -> {
          Requests.requireWithin(offset, length, content.size());
          readChunks(offset, offset + length);
        });
  }

  /** What follows once the file is found. */
  @FunctionalInterface
  private interface Step {
    void take() throws OperationException;
  }

  private void locate(Step then) {
    trace.roundTrip();
    stageStart = clock.nanoTime();
    system.call(
        () -> {
          endStage(Stage.MASTER_RPC);
          try {
            content = lookup.find();
            then.take();
          } catch (OperationException e) {
            failure = e;
            future.completeExceptionally(e);
          }
        });
  }

  private void readChunks(long offset, long readEnd) {
    if (offset >= readEnd) {
      future.complete(null);
      return;
    }
    end = Math.min(readEnd, offset + chunkBytes - offset % chunkBytes);
    trace.roundTrip();
    system.request(
        () -> {
          endStage(Stage.FIRST_BYTE);
          system.transfer(
              end - offset,
              frame -> deliver(offset + frame),
              () -> {
                endStage(Stage.TRANSFER);
                readChunks(end, readEnd);
              });
        });
  }

  /** A frame, which ends where the chunk or the range does or is a whole one. */
  private void deliver(long offset) {
    long frameEnd = Math.min(end, offset + ModelledSystem.FRAME_BYTES);
    for (long at = offset; at < frameEnd; ) {
      ByteBuffer slice = content.slice(at, (int) (frameEnd - at));
      at += slice.remaining();
      sink.accept(slice);
    }
  }

  private void endStage(Stage stage) {
    long now = clock.nanoTime();
    trace.add(stage, now - stageStart);
    stageStart = now;
  }
}
