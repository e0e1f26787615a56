package io.mooseng.bench.core.server.service;

import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.server.namespace.Command;
import io.mooseng.bench.core.server.namespace.Namespace;
import io.mooseng.bench.core.server.namespace.NamespaceException;
import io.mooseng.bench.core.server.namespace.NamespaceView;
import io.mooseng.bench.core.wire.Crc32c;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.ChunkStatus;
import io.mooseng.bench.proto.ChunkStatusReport;
import io.mooseng.bench.proto.MetadataUpdate;
import io.mooseng.bench.proto.ReportChunkStatusRequest;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/**
 * What a chunkserver tells the master of its chunks, and what becomes of those that the master does
 * not know. Safe for use by any number of threads.
 */
final class ChunkReports {

  private final ChunkStore store;
  private final Namespace namespace;
  private final ServerDirectory servers;
  private final Executor executor;

  /**
   * @param executor for what may block after the namespace has answered
   */
  ChunkReports(ChunkStore store, Namespace namespace, ServerDirectory servers, Executor executor) {
    this.store = store;
    this.namespace = namespace;
    this.servers = servers;
    this.executor = executor;
  }

  /** Completes when the master has taken it over; fails if it knows of no such chunk. */
  CompletableFuture<MetadataUpdate> report(StoredChunk chunk, ChunkStatus status) {
    return namespace.submit(
        Command.now(
            ReportChunkStatusRequest.newBuilder()
                .setServerId(servers.selfId())
                .addReports(
                    ChunkStatusReport.newBuilder()
                        .setChunkId(chunk.chunkId())
                        .setVersion(chunk.version())
                        .setSize(chunk.size())
                        .setChecksum(Crc32c.encode(chunk.crc32c()))
                        .setStatus(status))
                .build()));
  }

  /** As {@link #report}; one that does not exist is not kept. */
  CompletableFuture<MetadataUpdate> reportWritten(StoredChunk chunk) {
    return report(chunk, ChunkStatus.CHUNK_STATUS_VALID)
        .whenComplete((update, failure) -> discardIfForgotten(chunk, failure));
  }

  /**
   * Tells the master of what it does not know of because a crash came first: chunks, and changes of
   * them, that were stored and not reported. To be called before the first call is served.
   */
  void unreported() {
    NamespaceView view = namespace.view().join();
    for (StoredChunk chunk : store.chunks().values()) {
      int known = view.chunk(chunk.chunkId()).map(ChunkInfo::getVersion).orElse(chunk.version());
      if (Integer.compareUnsigned(chunk.version(), known) > 0) {
        report(chunk, ChunkStatus.CHUNK_STATUS_VALID).join();
      }
    }
  }

  /** The file was deleted while its chunk was written: nobody else will free the space. */
  private void discardIfForgotten(StoredChunk chunk, Throwable failure) {
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    if (cause instanceof NamespaceException) {
      executor.execute(
          () -> {
            try {
              // What was refused may have been allocated since, and have come again.
              if (namespace.view().join().chunk(chunk.chunkId()).isEmpty()) {
                store.delete(chunk.chunkId());
              }
            } catch (CompletionException e) {
              // Nobody knows now whether it exists.
            } catch (IOException e) {
              // It is removed at the next start, as a chunk without a file.
            }
          });
    }
  }
}
