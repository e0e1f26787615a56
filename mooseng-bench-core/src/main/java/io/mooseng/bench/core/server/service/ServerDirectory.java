package io.mooseng.bench.core.server.service;

import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.namespace.NamespaceView;
import io.mooseng.bench.core.server.namespace.Timestamps;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.proto.ChunkInfo;
import io.mooseng.bench.proto.ChunkLocation;
import io.mooseng.bench.proto.ChunkStatus;
import io.mooseng.bench.proto.ClusterStatistics;
import io.mooseng.bench.proto.GetClusterStatusResponse;
import io.mooseng.bench.proto.RegionInfo;
import io.mooseng.bench.proto.RegionStatus;
import io.mooseng.bench.proto.ServerCapabilities;
import io.mooseng.bench.proto.ServerInfo;
import io.mooseng.bench.proto.ServerStatus;
import io.mooseng.bench.proto.ServerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The servers a client can be sent to: this one, and its peers in a cluster. The namespace names
 * servers by id, as an address may change with every start; here ids get their address.
 */
public final class ServerDirectory {

  /** Where this server is reached. */
  public record Address(String host, int port) {
    @Override
    public String toString() {
      return host.indexOf(':') < 0 ? host + ":" + port : "[" + host + "]:" + port;
    }
  }

  private final ServerSettings settings;
  private final ChunkStore store;
  private final Map<Long, ChunkLocation> peers;
  private final List<ChunkLocation> replicas;
  private final CompletableFuture<Address> bound = new CompletableFuture<>();

  /**
   * @param peers where other servers are reached from here, by their id
   * @param replicas where copies of a new chunk go besides this server
   */
  public ServerDirectory(
      ServerSettings settings,
      ChunkStore store,
      Map<Long, ChunkLocation> peers,
      List<ChunkLocation> replicas) {
    this.settings = settings;
    this.store = store;
    this.peers = Map.copyOf(peers);
    this.replicas = List.copyOf(replicas);
  }

  /** Says where this server listens; calls that name it wait for this. */
  public void bound(Address address) {
    bound.complete(address);
  }

  Address address() {
    return bound.join();
  }

  long selfId() {
    return settings.serverId();
  }

  String selfRegion() {
    return settings.region();
  }

  ServerInfo self(ServerType type) {
    return ServerInfo.newBuilder()
        .setServerId(settings.serverId())
        .setType(type)
        .setHostname(address().host())
        .setIpAddress(address().host())
        .setPort(address().port())
        .setRegion(settings.region())
        .setStatus(ServerStatus.SERVER_STATUS_ONLINE)
        .setCapabilities(capabilities())
        .setLastHeartbeat(Timestamps.of(Instant.now()))
        .build();
  }

  ServerCapabilities capabilities() {
    try {
      return ServerCapabilities.newBuilder()
          .setTotalSpace(store.totalBytes())
          .setUsedSpace(store.usedBytes())
          .setCurrentChunks(store.chunks().size())
          .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  RegionInfo region() {
    return RegionInfo.newBuilder()
        .setRegionId(settings.region())
        .setRegionName(settings.region())
        .addEndpoints(address().toString())
        .setStatus(RegionStatus.REGION_STATUS_ACTIVE)
        .build();
  }

  /** The regions of the other servers that are known here. */
  List<String> otherRegions() {
    return peers.values().stream().map(ChunkLocation::getRegion).distinct().sorted().toList();
  }

  /** What this server dials to reach the chunkserver of another region. */
  Optional<String> addressOf(String region) {
    return peers.values().stream()
        .filter(peer -> peer.getRegion().equals(region))
        .findFirst()
        .map(peer -> new Address(peer.getServerAddress(), peer.getServerPort()).toString());
  }

  /** Where a new chunk is to be written, first of the chain first. */
  List<ChunkLocation> writeLocations() {
    List<ChunkLocation> chain = new ArrayList<>();
    chain.add(addressed(ChunkLocation.newBuilder().setServerId(selfId()).build()));
    chain.addAll(replicas);
    return chain;
  }

  /** The chunk with the addresses of the servers that hold it. */
  ChunkInfo addressed(ChunkInfo chunk) {
    ChunkInfo.Builder addressed = chunk.toBuilder();
    for (int i = 0; i < chunk.getLocationsCount(); i++) {
      addressed.setLocations(i, addressed(chunk.getLocations(i)));
    }
    return addressed.build();
  }

  List<ChunkInfo> addressed(List<ChunkInfo> chunks) {
    return chunks.stream().map(this::addressed).toList();
  }

  private ChunkLocation addressed(ChunkLocation location) {
    if (location.getServerId() != selfId()) {
      ChunkLocation peer = peers.get(location.getServerId());
      return peer == null
          ? location
          : location.toBuilder()
              .setServerAddress(peer.getServerAddress())
              .setServerPort(peer.getServerPort())
              .setRegion(peer.getRegion())
              .build();
    }
    return location.toBuilder()
        .setServerAddress(address().host())
        .setServerPort(address().port())
        .setRegion(settings.region())
        .build();
  }

  /** Whether this server is said to hold the chunk. */
  boolean heldHere(ChunkInfo chunk) {
    return chunk.getLocationsList().stream()
        .anyMatch(
            location ->
                location.getServerId() == selfId()
                    && location.getStatus() == ChunkStatus.CHUNK_STATUS_VALID);
  }

  /** The cluster of this one server. */
  GetClusterStatusResponse clusterStatus(NamespaceView view) {
    NamespaceView.Totals totals = view.totals();
    return GetClusterStatusResponse.newBuilder()
        .addServers(self(ServerType.SERVER_TYPE_MASTER))
        .addServers(self(ServerType.SERVER_TYPE_CHUNK))
        .addRegions(region())
        .setStats(
            ClusterStatistics.newBuilder()
                .setTotalFiles(totals.files())
                .setTotalDirectories(totals.directories())
                .setTotalChunks(totals.chunks())
                .setTotalSpace(capabilities().getTotalSpace())
                .setUsedSpace(totals.bytes()))
        .build();
  }
}
