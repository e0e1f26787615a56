package io.mooseng.bench.core.target.grpc;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.wire.ChunkMethods;
import io.mooseng.bench.core.wire.Crc32c;
import io.mooseng.bench.core.wire.DataFrame;
import io.mooseng.bench.core.wire.RunningCrc32c;
import io.mooseng.bench.core.wire.WriteMessage;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.proto.ChainReplicationStatus;
import io.mooseng.bench.proto.WriteChunkHeader;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.nio.ByteBuffer;

/**
 * Writes one chunk, or a part of it: the header and a first frame at once, the rest as the
 * transport asks for it, so that a slow server never makes more than {@link #QUEUED_BYTES} and a
 * frame wait in memory.
 */
final class ChunkWrite extends ClientCall.Listener<WriteChunkResponse> {

  /** Well below the 4 MiB that gRPC servers accept by default. */
  private static final int FRAME_BYTES = 256 * 1024;

  /**
   * The next frame is sent when half of the one before has gone. With that, 500 writes to servers
   * that stand still hold at most 500 x 384 KiB, 188 MiB; a MiB each would be 625.
   */
  private static final int QUEUED_BYTES = FRAME_BYTES / 2;

  private final Operation<?> operation;
  private final Link link;
  private final WriteChunkHeader header;
  private final Part part;
  private final Runnable then;
  private final RunningCrc32c checksum = new RunningCrc32c();
  private ClientCall<WriteMessage, WriteChunkResponse> call;
  private boolean headerSent;
  private long sent;
  private WriteChunkResponse response;

  private ChunkWrite(
      Operation<?> operation, Link link, WriteChunkHeader header, Part part, Runnable then) {
    this.operation = operation;
    this.link = link;
    this.header = header;
    this.part = part;
    this.then = then;
  }

  /**
   * What is written of a payload into a chunk.
   *
   * @param payloadOffset where in the payload it begins
   * @param chunkOffset where in the chunk it belongs
   * @param length in bytes
   * @param alone whether the chunk then holds nothing else, so that its checksum is known
   */
  record Part(Payload payload, long payloadOffset, long chunkOffset, long length, boolean alone) {}

  /** Writes {@code part}, then runs {@code then}. */
  static void start(
      Operation<?> operation, Link link, WriteChunkHeader header, Part part, Runnable then) {
    ChunkWrite write = new ChunkWrite(operation, link, header, part, then);
    operation.begin(
        link,
        ChunkMethods.WRITE_CHUNK,
        operation.callOptions().withOnReadyThreshold(QUEUED_BYTES),
        write::open);
  }

  // The event loop may already ask for more while the first messages are being sent.
  private synchronized void open(ClientCall<WriteMessage, WriteChunkResponse> started) {
    call = started;
    call.start(this, operation.headers());
    call.request(2);
    call.sendMessage(new WriteMessage.Header(header));
    headerSent = true;
    sendFrame();
    sendWhileReady();
  }

  @Override
  public synchronized void onReady() {
    if (headerSent) {
      sendWhileReady();
    }
  }

  private void sendWhileReady() {
    while (sent < part.length() && call.isReady()) {
      sendFrame();
    }
  }

  private void sendFrame() {
    long offset = part.chunkOffset() + sent;
    // Frames end at multiples of their size, where blocks of a server's checksums end, too.
    int wanted = (int) Math.min(FRAME_BYTES - offset % FRAME_BYTES, part.length() - sent);
    ByteBuffer data = part.payload().slice(part.payloadOffset() + sent, wanted);
    int crc = Crc32c.of(data);
    if (part.alone()) {
      checksum.append(crc, data.remaining());
    }
    boolean last = sent + data.remaining() == part.length();
    // Before sending, which may ask for more frames at once.
    sent += data.remaining();
    call.sendMessage(new WriteMessage.Data(DataFrame.of(data, offset, last, Crc32c.encode(crc))));
    if (last) {
      call.halfClose();
      operation.endStage(Stage.TRANSFER);
    }
  }

  @Override
  public void onMessage(WriteChunkResponse answer) {
    response = answer;
  }

  @Override
  public void onClose(Status status, Metadata trailers) {
    operation.release();
    endCall(trailers);
    if (!status.isOk()) {
      operation.fail("WriteChunk", link, status);
      return;
    }
    OperationException failure = check();
    if (failure == null) {
      operation.proceed(then);
    } else {
      operation.fail(failure);
    }
  }

  // The thread that sends the last frame may be overtaken by the answer to it.
  private synchronized void endCall(Metadata trailers) {
    operation.endCall(sent < part.length() ? Stage.TRANSFER : Stage.CLOSE, trailers);
  }

  private synchronized OperationException check() {
    if (response == null || !response.getSuccess()) {
      return failure(FailureKind.INTERNAL, "not acknowledged" + chainErrors());
    }
    if (part.alone()
        && !response.getFinalChecksum().isEmpty()
        && !response.getFinalChecksum().equals(Crc32c.encode(checksum.value()))) {
      return failure(FailureKind.CORRUPT, "the server's checksum differs from what was sent");
    }
    return null;
  }

  private String chainErrors() {
    StringBuilder errors = new StringBuilder();
    if (response != null) {
      for (ChainReplicationStatus server : response.getChainStatusList()) {
        if (!server.getSuccess()) {
          errors.append("; ").append(server.getServer()).append(": ").append(server.getError());
        }
      }
    }
    return errors.toString();
  }

  private OperationException failure(FailureKind kind, String what) {
    return OperationException.light(
        kind, "WriteChunk at " + link.address() + ": chunk " + header.getChunkId() + ": " + what);
  }
}
