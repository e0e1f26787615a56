package io.mooseng.bench.core.server.service;

import io.grpc.Status;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.server.namespace.Command;
import io.mooseng.bench.core.server.namespace.Namespace;
import io.mooseng.bench.core.server.namespace.NamespaceException;
import io.mooseng.bench.core.server.namespace.NamespaceView;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.AllocateChunkResponse;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.GetChunkLocationsRequest;
import io.mooseng.bench.proto.GetChunkLocationsResponse;
import io.mooseng.bench.proto.MetadataUpdate;
import io.mooseng.bench.proto.ReportChunkStatusRequest;
import io.mooseng.bench.proto.ReportChunkStatusResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The master's part in chunks: handing them out, finding them, and letting them go. */
final class ChunkRegistry {

  private final Namespace namespace;
  private final ChunkStore store;
  private final ServerDirectory servers;

  ChunkRegistry(Namespace namespace, ChunkStore store, ServerDirectory servers) {
    this.namespace = namespace;
    this.store = store;
    this.servers = servers;
  }

  static void refuseStorageClass(int storageClassId) {
    if (storageClassId != 0) {
      throw Statuses.invalid(
          "storage class "
              + Integer.toUnsignedString(storageClassId)
              + " does not exist; accepted: 0, one copy");
    }
  }

  /**
   * The chunk to write: a new one if the index is the next, else the one that is there, which
   * changes nothing and so is not logged. The version in the answer is the one to write.
   */
  CompletableFuture<AllocateChunkResponse> allocate(AllocateChunkRequest request) {
    refuseStorageClass(request.getStorageClassId());
    return namespace
        .view()
        .thenCompose(
            view -> {
              List<ChunkInfo> chunks = view.byInode(request.getInode()).chunks();
              long index = request.getChunkIndex();
              return index >= 0 && index < chunks.size()
                  ? CompletableFuture.completedFuture(chunks.get((int) index))
                  : namespace.submit(Command.now(request)).thenApply(update -> update.getChunks(0));
            })
        .thenApply(
            chunk ->
                AllocateChunkResponse.newBuilder()
                    .setChunk(
                        servers.addressed(chunk).toBuilder().setVersion(chunk.getVersion() + 1))
                    .addAllWriteLocations(servers.writeLocations())
                    .build());
  }

  CompletableFuture<GetChunkLocationsResponse> locate(GetChunkLocationsRequest request) {
    return namespace
        .view()
        .thenApply(view -> servers.addressed(known(view, request.getChunkId())))
        .thenApply(
            chunk -> {
              GetChunkLocationsResponse.Builder response =
                  GetChunkLocationsResponse.newBuilder().setChunk(chunk);
              return request.getForWrite()
                  ? response.addAllLocations(servers.writeLocations()).build()
                  : response.addAllLocations(chunk.getLocationsList()).build();
            });
  }

  private static ChunkInfo known(NamespaceView view, long chunkId) {
    return view.chunk(chunkId)
        .orElseThrow(
            () ->
                new NamespaceException(
                    Status.Code.NOT_FOUND,
                    "chunk " + Long.toUnsignedString(chunkId) + " does not exist"));
  }

  /** Takes over what a chunkserver says; there is never an action to be done for it. */
  CompletableFuture<ReportChunkStatusResponse> report(ReportChunkStatusRequest request) {
    return namespace
        .submit(Command.now(request))
        .thenApply(update -> ReportChunkStatusResponse.getDefaultInstance());
  }

  /** Deletes the chunks of removed files; answers the bytes that really went. May block. */
  long free(MetadataUpdate removed) {
    long freed = 0;
    for (ChunkInfo chunk : removed.getChunksList()) {
      try {
        freed += store.delete(chunk.getChunkId()).map(StoredChunk::size).orElse(0L);
      } catch (IOException e) {
        throw new CompletionException(e);
      }
    }
    return freed;
  }
}
