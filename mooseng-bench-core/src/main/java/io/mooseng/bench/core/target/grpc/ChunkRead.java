package io.mooseng.bench.core.target.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.FrameSink;
import io.mooseng.bench.core.wire.ChunkMethods;
import io.mooseng.bench.core.wire.DataFrame;
import io.mooseng.bench.proto.ReadChunkRequest;

/**
 * Reads one chunk: hands each frame to the sink on the event loop, straight from the transport's
 * buffers, and holds the server to the length that was asked for. A read that breaks off goes on
 * where it ended, if the settings allow retries.
 */
final class ChunkRead extends ClientCall.Listener<DataFrame> {

  private final Operation<?> operation;
  private final Link link;
  private final ReadChunkRequest request;
  private final FrameSink sink;
  private final Runnable then;
  private ClientCall<ReadChunkRequest, DataFrame> call;
  private long received;
  private int retriesMade;
  private Throwable failure;

  private ChunkRead(
      Operation<?> operation, Link link, ReadChunkRequest request, FrameSink sink, Runnable then) {
    this.operation = operation;
    this.link = link;
    this.request = request;
    this.sink = sink;
    this.then = then;
  }

  /** Reads {@code request.length} bytes into {@code sink}, then continues with {@code then}. */
  static void start(
      Operation<?> operation, Link link, ReadChunkRequest request, FrameSink sink, Runnable then) {
    new ChunkRead(operation, link, request, sink, then).ask(request);
  }

  private void ask(ReadChunkRequest part) {
    operation.begin(
        link,
        ChunkMethods.READ_CHUNK,
        operation.callOptions(),
        started -> {
          call = started;
          operation.sendOnly(started, part, this);
        });
  }

  /** Goes on where the call that failed ended, so that no byte comes twice. */
  private void askForTheRest() {
    retriesMade++;
    ask(
        request.toBuilder()
            .setOffset(request.getOffset() + received)
            .setLength(request.getLength() - received)
            .build());
  }

  @Override
  public void onMessage(DataFrame frame) {
    try (frame) {
      if (failure != null) {
        return;
      }
      if (received == 0) {
        operation.endStage(Stage.FIRST_BYTE);
      }
      long expected = request.getOffset() + received;
      received += frame.length();
      if (frame.offset() != expected || received > request.getLength()) {
        giveUp(
            corrupt(
                String.format(
                    "a frame of %d bytes at offset %d where %d was next, of %d in all",
                    frame.length(), frame.offset(), expected, request.getLength())));
        return;
      }
      frame.forEachBuffer(sink::accept);
      if (received == request.getLength()) {
        operation.endStage(Stage.TRANSFER);
      }
    } catch (RuntimeException e) {
      giveUp(e);
    }
  }

  private void giveUp(Throwable cause) {
    failure = cause;
    call.cancel("the content is not what was asked for", null);
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    operation.release();
    boolean again =
        failure == null
            && received < request.getLength()
            && operation.retryLater(status, stage(), retriesMade, link, this::askForTheRest);
    if (again) {
      return;
    }
    operation.endCall(stage(), trailers);
    if (failure != null) {
      operation.fail(failure);
    } else if (!status.isOk()) {
      operation.fail("ReadChunk", link, status);
    } else if (received != request.getLength()) {
      operation.fail(
          corrupt(
              String.format(
                  "the stream ended after %d of %d bytes", received, request.getLength())));
    } else {
      operation.proceed(then);
    }
  }

  /** What the read is at. */
  private Stage stage() {
    if (received == 0) {
      return Stage.FIRST_BYTE;
    }
    return received < request.getLength() ? Stage.TRANSFER : Stage.CLOSE;
  }

  private OperationException corrupt(String what) {
    return OperationException.light(
        FailureKind.CORRUPT,
        "ReadChunk at " + link.address() + ": chunk " + request.getChunkId() + ": " + what);
  }
}
