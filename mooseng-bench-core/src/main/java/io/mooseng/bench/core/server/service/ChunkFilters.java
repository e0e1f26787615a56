package io.mooseng.bench.core.server.service;

import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.server.namespace.Timestamps;
import io.mooseng.bench.core.wire.Crc32c;
import io.mooseng.bench.proto.ChunkDetail;
import io.mooseng.bench.proto.ChunkFilter;
import io.mooseng.bench.proto.ChunkStatus;
import io.mooseng.bench.proto.ListChunksRequest;
import io.mooseng.bench.proto.ListChunksResponse;
import java.util.NavigableMap;

/** Listings of stored chunks. */
final class ChunkFilters {

  private static final int DEFAULT_PAGE_ENTRIES = 1_000;
  private static final int MAX_PAGE_ENTRIES = 10_000;

  private ChunkFilters() {}

  /** What is stored; accesses are not counted, so those fields stay unset. */
  static ChunkDetail detail(StoredChunk chunk) {
    return ChunkDetail.newBuilder()
        .setChunkId(chunk.chunkId())
        .setVersion(chunk.version())
        .setSize(chunk.size())
        .setChecksum(Crc32c.encode(chunk.crc32c()))
        .setCreated(Timestamps.of(chunk.written()))
        .setModified(Timestamps.of(chunk.written()))
        .setStatus(ChunkStatus.CHUNK_STATUS_VALID)
        .build();
  }

  /** Chunks by id; the offset is the id of the last chunk of the page before. */
  static ListChunksResponse page(
      NavigableMap<Long, StoredChunk> chunks, ListChunksRequest request) {
    long asked = Integer.toUnsignedLong(request.getLimit());
    long limit = Math.min(asked == 0 ? DEFAULT_PAGE_ENTRIES : asked, MAX_PAGE_ENTRIES);
    ListChunksResponse.Builder page =
        ListChunksResponse.newBuilder().setNextOffset(request.getOffset());
    long total = 0;
    for (StoredChunk chunk : chunks.values()) {
      if (!matches(chunk, request.getFilter())) {
        continue;
      }
      total++;
      if (chunk.chunkId() <= request.getOffset()) {
        continue;
      }
      if (page.getChunksCount() == limit) {
        page.setHasMore(true);
      } else {
        page.addChunks(detail(chunk)).setNextOffset(chunk.chunkId());
      }
    }
    return page.setTotalCount(total).build();
  }

  private static boolean matches(StoredChunk chunk, ChunkFilter filter) {
    ChunkStatus status = filter.getStatus();
    return (filter.getChunkIdsCount() == 0 || filter.getChunkIdsList().contains(chunk.chunkId()))
        && (status == ChunkStatus.CHUNK_STATUS_UNKNOWN || status == ChunkStatus.CHUNK_STATUS_VALID)
        && chunk.size() >= filter.getMinSize()
        && (filter.getMaxSize() == 0 || chunk.size() <= filter.getMaxSize())
        && (!filter.hasModifiedAfter()
            || chunk.written().isAfter(Timestamps.instant(filter.getModifiedAfter())))
        && (!filter.hasModifiedBefore()
            || chunk.written().isBefore(Timestamps.instant(filter.getModifiedBefore())));
  }
}
