package io.mooseng.bench.core.server.service;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.server.namespace.Timestamps;
import io.mooseng.bench.proto.ChunkTransferResult;
import io.mooseng.bench.proto.XRegionDataResponse;
import io.mooseng.bench.proto.XRegionReplicationProgress;
import io.mooseng.bench.proto.XRegionReplicationRequest;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * What one InitiateXRegionReplication is told: a message whenever another chunk begins to be sent,
 * and one at the end. Chunks count as replicated once the other region has answered.
 *
 * <p>Its methods are called one after the other.
 */
final class ReplicationProgress implements RegionTransfer.Progress {

  private static final double BITS_PER_MEGABIT = 1e6;

  private final StreamObserver<XRegionReplicationProgress> observer;
  private final int chunks;
  private final long totalBytes;
  private final long startNanos = System.nanoTime();
  private long sentBytes;
  private long current;
  private boolean begun;

  ReplicationProgress(
      XRegionReplicationRequest request,
      ChunkStore store,
      StreamObserver<XRegionReplicationProgress> observer) {
    this.observer = observer;
    this.chunks = request.getChunkIdsCount();
    this.totalBytes =
        request.getChunkIdsList().stream()
            .flatMap(id -> store.find(id).stream())
            .mapToLong(StoredChunk::size)
            .sum();
  }

  @Override
  public void sent(long chunkId, int bytes) {
    sentBytes += bytes;
    if (!begun || chunkId != current) {
      begun = true;
      current = chunkId;
      tell(0);
    }
  }

  private void tell(int replicated) {
    double seconds = (System.nanoTime() - startNanos) / (double) TimeUnit.SECONDS.toNanos(1);
    double bytesPerSecond = sentBytes / Math.max(seconds, 1e-9);
    long left = replicated == chunks ? 0 : totalBytes - sentBytes;
    XRegionReplicationProgress.Builder message =
        XRegionReplicationProgress.newBuilder()
            .setTotalChunks(chunks)
            .setReplicatedChunks(replicated)
            .setBytesTransferred(sentBytes)
            .setCurrentChunkId(current)
            .setTransferRateMbps(bytesPerSecond * Byte.SIZE / BITS_PER_MEGABIT);
    if (bytesPerSecond > 0) {
      long millis = (long) (1e3 * Math.max(0, left) / bytesPerSecond);
      message.setEstimatedCompletion(Timestamps.of(Instant.now().plusMillis(millis)));
    }
    observer.onNext(message.build());
  }

  /** The transfer is over, with an answer or a failure. */
  void end(XRegionDataResponse response, Throwable failure) {
    if (failure != null) {
      observer.onError(Statuses.of(failure));
      return;
    }
    List<ChunkTransferResult> refused =
        response.getResultsList().stream().filter(result -> !result.getSuccess()).toList();
    tell(chunks - refused.size());
    if (refused.isEmpty()) {
      observer.onCompleted();
    } else {
      observer.onError(
          Status.ABORTED
              .withDescription(
                  "%d of %d chunks were not replicated; chunk %s: %s"
                      .formatted(
                          refused.size(),
                          chunks,
                          Long.toUnsignedString(refused.get(0).getChunkId()),
                          refused.get(0).getError()))
              .asRuntimeException());
    }
  }
}
