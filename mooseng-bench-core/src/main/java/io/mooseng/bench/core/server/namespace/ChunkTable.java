package io.mooseng.bench.core.server.namespace;

import com.google.protobuf.Timestamp;
import io.mooseng.bench.proto.AllocateChunkRequest;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.ChunkLocation;
import io.mooseng.bench.proto.ChunkStatus;
import io.mooseng.bench.proto.ChunkStatusReport;
import io.mooseng.bench.proto.MetadataUpdate;
import io.mooseng.bench.proto.ReportChunkStatusRequest;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/** The chunks of all files. Guarded by the lock of its {@link NamespaceTree}. */
final class ChunkTable {

  /** Where the record of a chunk is kept. */
  private record Place(long inode, int index) {}

  private final Map<Long, Place> places = new HashMap<>();
  private long lastChunkId;
  private long bytes;

  long count() {
    return places.size();
  }

  /** The sum of the reported sizes. */
  long bytes() {
    return bytes;
  }

  Optional<ChunkInfo> find(long chunkId, LongFunction<Node> nodes) {
    return Optional.ofNullable(places.get(chunkId))
        .map(place -> nodes.apply(place.inode()).chunks.get(place.index()));
  }

  /** The greatest id ever given away; ids are never used again. */
  long lastChunkId() {
    return lastChunkId;
  }

  /** Forgets everything, and takes over the chunks that files have. */
  void restore(long lastId, Iterable<Node> nodes) {
    places.clear();
    bytes = 0;
    lastChunkId = lastId;
    for (Node node : nodes) {
      bytes += node.size();
      for (int i = 0; i < node.chunks.size(); i++) {
        places.put(node.chunks.get(i).getChunkId(), new Place(node.inode, i));
      }
    }
  }

  void remove(Node node) {
    bytes -= node.size();
    node.chunks.forEach(chunk -> places.remove(chunk.getChunkId()));
  }

  /**
   * Appends a chunk to a file, or answers the one at an index that exists. Its version changes only
   * when a new content is reported, so that readers never see a version nobody holds.
   */
  Supplier<MetadataUpdate> allocate(Node file, AllocateChunkRequest request, Timestamp time) {
    long index = request.getChunkIndex();
    if (index < 0 || index > file.chunks.size()) {
      throw NamespaceException.invalid(
          "chunk index "
              + Long.toUnsignedString(index)
              + " would leave a hole; the next is "
              + file.chunks.size());
    }
    return () -> {
      if (index == file.chunks.size()) {
        long chunkId = ++lastChunkId;
        places.put(chunkId, new Place(file.inode, (int) index));
        file.chunks.add(ChunkInfo.newBuilder().setChunkId(chunkId).setLastModified(time).build());
      }
      return MetadataUpdate.newBuilder().addChunks(file.chunks.get((int) index)).build();
    };
  }

  /** Takes over what a chunkserver says of its chunks; refuses all if one is unknown. */
  Supplier<MetadataUpdate> report(
      ReportChunkStatusRequest request, Timestamp time, LongFunction<Node> nodes) {
    for (ChunkStatusReport report : request.getReportsList()) {
      if (!places.containsKey(report.getChunkId())) {
        throw NamespaceException.notFound("chunk " + Long.toUnsignedString(report.getChunkId()));
      }
    }
    return () -> {
      MetadataUpdate.Builder update = MetadataUpdate.newBuilder();
      for (ChunkStatusReport report : request.getReportsList()) {
        Place place = places.get(report.getChunkId());
        Node file = nodes.apply(place.inode());
        ChunkInfo before = file.chunks.get(place.index());
        ChunkInfo after = merged(before, report, request.getServerId(), time);
        file.chunks.set(place.index(), after);
        bytes += after.getSize() - before.getSize();
        if (after.getSize() != before.getSize() || after.getVersion() != before.getVersion()) {
          file.touch(time);
        }
        update.addChunks(after);
      }
      return update.build();
    };
  }

  private static ChunkInfo merged(
      ChunkInfo chunk, ChunkStatusReport report, long serverId, Timestamp time) {
    int age = Integer.compareUnsigned(report.getVersion(), chunk.getVersion());
    if (age < 0) {
      return chunk; // an old copy: what is known of the newer ones stands
    }
    boolean valid = report.getStatus() == ChunkStatus.CHUNK_STATUS_VALID;
    if (age > 0 && !valid) {
      return chunk; // a failed write of a version that never became one
    }
    ChunkInfo.Builder merged = chunk.toBuilder().clearLocations();
    if (age == 0) {
      chunk.getLocationsList().stream()
          .filter(location -> location.getServerId() != serverId)
          .forEach(merged::addLocations);
    }
    if (valid) {
      merged
          .setVersion(report.getVersion())
          .setSize(report.getSize())
          .setChecksum(report.getChecksum())
          .setLastModified(time);
    }
    if (report.getStatus() != ChunkStatus.CHUNK_STATUS_LOST) {
      merged.addLocations(
          ChunkLocation.newBuilder().setServerId(serverId).setStatus(report.getStatus()));
    }
    return merged.build();
  }
}
