package io.mooseng.bench.core.server.service;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.ChunkWriter;
import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.wire.Crc32c;
import io.mooseng.bench.core.wire.DataFrame;
import io.mooseng.bench.core.wire.WriteMessage;
import io.mooseng.bench.proto.ChainReplicationStatus;
import io.mooseng.bench.proto.WriteChunkHeader;
import io.mooseng.bench.proto.WriteChunkResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * One WriteChunk: verifies, stores and forwards each frame before it asks for the next. All methods
 * run in the call's serial order, on threads that may block.
 */
final class ChunkWriteCall implements StreamObserver<WriteMessage> {

  /** What a write does around the bytes. */
  interface Surroundings {
    /** Opens a place for a chunk that may be written. */
    ChunkWriter open(WriteChunkHeader header) throws IOException;

    /** Tells the master of a chunk that is stored; completes when the master acknowledged. */
    CompletionStage<?> report(StoredChunk chunk);

    /** A forwarding of the chunk to the servers named. */
    ChainLink forward(WriteChunkHeader header);
  }

  /** Frames that may arrive while one is being stored. */
  private static final int FRAMES_AHEAD = 3;

  private final ServerCallStreamObserver<WriteChunkResponse> observer;
  private final Surroundings surroundings;
  private WriteChunkHeader header;
  private ChunkWriter writer;
  private ChainLink link;
  private boolean begun;
  private long position;
  private boolean finished;

  ChunkWriteCall(ServerCallStreamObserver<WriteChunkResponse> observer, Surroundings surroundings) {
    this.observer = observer;
    this.surroundings = surroundings;
    observer.disableAutoRequest();
    observer.setOnCancelHandler(() -> abandon(Status.CANCELLED));
    observer.request(1);
  }

  @Override
  public void onNext(WriteMessage message) {
    try {
      if (message instanceof WriteMessage.Data data) {
        data(data.frame());
      } else if (finished) {
        return;
      } else if (message instanceof WriteMessage.Header first) {
        begin(first.header());
      } else {
        throw Statuses.invalid("a message of WriteChunk has neither header nor data");
      }
    } catch (IOException | RuntimeException e) {
      fail(e);
    }
  }

  private void begin(WriteChunkHeader first) throws IOException {
    if (header != null) {
      throw Statuses.invalid("WriteChunk has a second header");
    }
    if (Long.compareUnsigned(first.getTotalSize(), ChunkStore.MAX_CHUNK_BYTES) > 0) {
      throw Statuses.invalid(
          "a chunk of "
              + Long.toUnsignedString(first.getTotalSize())
              + " bytes is not accepted; accepted: up to "
              + ChunkStore.MAX_CHUNK_BYTES);
    }
    writer = surroundings.open(first);
    header = first;
    if (first.getChainServersCount() > 0) {
      link = surroundings.forward(first);
    }
    // A chain takes one frame at a time, in order.
    observer.request(link == null ? FRAMES_AHEAD : 1);
  }

  /** Takes the frame over. */
  private void data(DataFrame frame) throws IOException {
    boolean forwarding = false;
    try {
      if (finished) {
        return;
      }
      check(frame);
      writer.write(frame.offset(), frame.buffers());
      begun = true;
      position = frame.offset() + frame.length();
      if (link == null) {
        observer.request(1);
      } else {
        forwarding = true;
        link.send(frame).whenComplete((sent, failure) -> observer.request(1));
      }
    } finally {
      if (!forwarding) {
        frame.close();
      }
    }
    if (frame.last()) {
      finish();
    }
  }

  private void check(DataFrame frame) {
    if (header == null) {
      throw Statuses.invalid("WriteChunk begins without a header");
    }
    checkPlace(frame);
    if (frame.checksum().size() != Integer.BYTES) {
      throw Statuses.invalid("a frame has no CRC32C of 4 bytes");
    }
    if (Crc32c.decode(frame.checksum()) != frame.crc32c()) {
      throw Status.DATA_LOSS
          .withDescription("the frame at byte " + frame.offset() + " does not match its CRC32C")
          .asRuntimeException();
    }
  }

  /** Frames have no gaps between them, nor does the first leave one after what is there. */
  private void checkPlace(DataFrame frame) {
    long offset = frame.offset();
    if (begun ? offset != position : Long.compareUnsigned(offset, writer.keptBytes()) > 0) {
      throw Statuses.invalid(
          "a frame begins at byte "
              + Long.toUnsignedString(offset)
              + (begun
                  ? "; the next to come is " + position
                  : "; the chunk has " + writer.keptBytes() + " bytes to begin within"));
    }
    if (frame.length() > header.getTotalSize() - offset) {
      throw Statuses.invalid(
          "more data than the " + header.getTotalSize() + " bytes the header announced");
    }
  }

  @Override
  public void onCompleted() {
    if (!finished) {
      try {
        finish();
      } catch (IOException | RuntimeException e) {
        fail(e);
      }
    }
  }

  private void finish() throws IOException {
    if (header == null) {
      throw Statuses.invalid("WriteChunk ended without a header");
    }
    boolean nothing = !begun && header.getTotalSize() > 0;
    if (nothing || position < header.getTotalSize() && header.getTotalSize() > writer.keptBytes()) {
      throw Statuses.invalid(
          "WriteChunk ended after " + position + " of " + header.getTotalSize() + " bytes");
    }
    StoredChunk chunk = writer.commit();
    finished = true;
    CompletionStage<List<ChainReplicationStatus>> chain =
        link == null ? CompletableFuture.completedFuture(List.of()) : link.finish();
    Calls.answer(
        observer,
        () -> surroundings.report(chunk).thenCombine(chain, (done, rest) -> answer(chunk, rest)));
  }

  private static WriteChunkResponse answer(StoredChunk chunk, List<ChainReplicationStatus> chain) {
    return WriteChunkResponse.newBuilder()
        .setSuccess(chain.stream().allMatch(ChainReplicationStatus::getSuccess))
        .setVersion(chunk.version())
        .setFinalChecksum(Crc32c.encode(chunk.crc32c()))
        .addAllChainStatus(chain)
        .build();
  }

  @Override
  public void onError(Throwable cancelled) {
    abandon(Status.CANCELLED);
  }

  private void fail(Throwable failure) {
    abandon(Status.CANCELLED.withDescription("the server before in the chain failed"));
    observer.onError(Statuses.of(failure));
  }

  private void abandon(Status reason) {
    if (finished) {
      return;
    }
    finished = true;
    if (link != null) {
      link.cancel(reason);
    }
    if (writer != null) {
      try {
        writer.close();
      } catch (IOException e) {
        // A new chunk is invisible and is removed at the next start; of one changed in place, the
        // store reports what does not match its checksum.
      }
    }
  }
}
