package io.mooseng.bench.core.server.service;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.ChunkWriter;
import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.wire.Crc32c;
import io.mooseng.bench.proto.ChunkTransferInfo;
import io.mooseng.bench.proto.ChunkTransferResult;
import io.mooseng.bench.proto.XRegionDataHeader;
import io.mooseng.bench.proto.XRegionDataPayload;
import io.mooseng.bench.proto.XRegionDataResponse;
import io.mooseng.bench.proto.XRegionDataTransfer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.zip.CRC32C;

/**
 * One ReceiveXRegionData: chunks of another region, one after the other, each stored when it has
 * the announced size and checksum. A chunk that cannot be stored does not fail the others: it is
 * one line of the answer. All methods run in the call's serial order, on threads that may block.
 */
final class RegionReceiveCall implements StreamObserver<XRegionDataTransfer> {

  /** What a transfer does around the bytes. */
  interface Surroundings {
    /**
     * Opens a place for a chunk; empty if what is stored here is not older.
     *
     * @throws IOException if the chunk belongs to no file
     */
    Optional<ChunkWriter> open(ChunkTransferInfo chunk) throws IOException;

    /** Tells the master of a chunk that is stored; completes when the master acknowledged. */
    CompletionStage<?> report(StoredChunk chunk);
  }

  /** A chunk that is being received. */
  private static final class Incoming {
    private final ChunkTransferInfo info;
    private final CRC32C crc = new CRC32C();
    private Optional<ChunkWriter> writer = Optional.empty();
    private long position;

    Incoming(ChunkTransferInfo info) {
      this.info = info;
    }
  }

  private final StreamObserver<XRegionDataResponse> observer;
  private final Surroundings surroundings;
  private final Map<Long, ChunkTransferInfo> announced = new LinkedHashMap<>();
  private final Map<Long, CompletionStage<ChunkTransferResult>> results = new LinkedHashMap<>();
  private XRegionDataHeader header;
  private Incoming current;
  private boolean finished;

  RegionReceiveCall(StreamObserver<XRegionDataResponse> observer, Surroundings surroundings) {
    this.observer = observer;
    this.surroundings = surroundings;
  }

  @Override
  public void onNext(XRegionDataTransfer message) {
    if (finished) {
      return;
    }
    try {
      switch (message.getTransferCase()) {
        case HEADER -> begin(message.getHeader());
        case PAYLOAD -> payload(message.getPayload());
        case TRANSFER_NOT_SET ->
            throw Statuses.invalid("a message of ReceiveXRegionData has neither header nor data");
      }
    } catch (RuntimeException e) {
      finished = true;
      abandonCurrent();
      observer.onError(Statuses.of(e));
    }
  }

  private void begin(XRegionDataHeader first) {
    if (header != null) {
      throw Statuses.invalid("ReceiveXRegionData has a second header");
    }
    for (ChunkTransferInfo chunk : first.getChunksList()) {
      if (Long.compareUnsigned(chunk.getSize(), ChunkStore.MAX_CHUNK_BYTES) > 0) {
        throw Statuses.invalid(
            "a chunk of "
                + Long.toUnsignedString(chunk.getSize())
                + " bytes is not accepted; accepted: up to "
                + ChunkStore.MAX_CHUNK_BYTES);
      }
      announced.put(chunk.getChunkId(), chunk);
    }
    header = first;
  }

  private void payload(XRegionDataPayload frame) {
    long chunkId = frame.getChunkId();
    if (!announced.containsKey(chunkId)) {
      throw Statuses.invalid(
          "chunk " + Long.toUnsignedString(chunkId) + " was not announced in the header");
    }
    if (results.containsKey(chunkId)) {
      return; // given up, and its remaining frames come all the same
    }
    try {
      if (current == null || current.info.getChunkId() != chunkId) {
        start(announced.get(chunkId));
      }
      take(frame);
      if (frame.getIsLast()) {
        results.put(chunkId, commit());
        current = null;
      }
    } catch (IOException | RuntimeException e) {
      abandonCurrent();
      refuse(chunkId, e);
    }
  }

  private void start(ChunkTransferInfo info) throws IOException {
    if (current != null) {
      long unfinished = current.info.getChunkId();
      abandonCurrent();
      refuse(unfinished, Statuses.invalid("the next chunk began before this one ended"));
    }
    current = new Incoming(info);
    current.writer = surroundings.open(info);
  }

  private void take(XRegionDataPayload frame) throws IOException {
    if (frame.getOffset() != current.position) {
      throw Statuses.invalid(
          "a frame begins at byte "
              + Long.toUnsignedString(frame.getOffset())
              + "; the next to come is "
              + current.position);
    }
    if (frame.getData().size() > current.info.getSize() - current.position) {
      throw Statuses.invalid(
          "more data than the " + current.info.getSize() + " bytes the header announced");
    }
    current.position += frame.getData().size();
    if (current.writer.isPresent()) {
      frame.getData().asReadOnlyByteBufferList().forEach(current.crc::update);
      current.writer.get().write(frame.getOffset(), frame.getData().asReadOnlyByteBufferList());
    }
  }

  private CompletionStage<ChunkTransferResult> commit() throws IOException {
    ChunkTransferInfo info = current.info;
    if (current.position != info.getSize()) {
      throw Statuses.invalid(
          "the chunk ended after " + current.position + " of " + info.getSize() + " bytes");
    }
    if (current.writer.isEmpty()) {
      return CompletableFuture.completedFuture(done(info.getChunkId()));
    }
    if (info.getChecksum().size() != Integer.BYTES
        || Crc32c.decode(info.getChecksum()) != (int) current.crc.getValue()) {
      throw Status.DATA_LOSS
          .withDescription("the chunk does not match the CRC32C of the header")
          .asRuntimeException();
    }
    return surroundings
        .report(current.writer.get().commit())
        .handle(
            (reported, failure) ->
                failure == null ? done(info.getChunkId()) : failed(info.getChunkId(), failure));
  }

  private static ChunkTransferResult done(long chunkId) {
    return ChunkTransferResult.newBuilder().setChunkId(chunkId).setSuccess(true).build();
  }

  private static ChunkTransferResult failed(long chunkId, Throwable failure) {
    return ChunkTransferResult.newBuilder()
        .setChunkId(chunkId)
        .setError(Statuses.of(failure).getMessage())
        .build();
  }

  private void refuse(long chunkId, Throwable failure) {
    results.put(chunkId, CompletableFuture.completedFuture(failed(chunkId, failure)));
  }

  @Override
  public void onCompleted() {
    if (finished) {
      return;
    }
    finished = true;
    if (current != null) {
      long unfinished = current.info.getChunkId();
      abandonCurrent();
      refuse(unfinished, Statuses.invalid("the transfer ended before the chunk"));
    }
    for (Long chunkId : announced.keySet()) {
      if (!results.containsKey(chunkId)) {
        refuse(chunkId, Statuses.invalid("no frame of the chunk came"));
      }
    }
    Calls.answer(observer, this::response);
  }

  private CompletableFuture<XRegionDataResponse> response() {
    List<CompletableFuture<ChunkTransferResult>> all = new ArrayList<>();
    results.values().forEach(result -> all.add(result.toCompletableFuture()));
    return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              XRegionDataResponse.Builder response =
                  XRegionDataResponse.newBuilder().setSuccess(true);
              if (header != null) {
                response.setTransferId(header.getTransferId());
              }
              for (CompletableFuture<ChunkTransferResult> result : all) {
                response.addResults(result.join());
                response.setSuccess(response.getSuccess() && result.join().getSuccess());
              }
              return response.build();
            });
  }

  @Override
  public void onError(Throwable cancelled) {
    finished = true;
    abandonCurrent();
  }

  private void abandonCurrent() {
    if (current != null && current.writer.isPresent()) {
      try {
        current.writer.get().close();
      } catch (IOException e) {
        // It is invisible, and is removed at the next start.
      }
    }
    current = null;
  }
}
