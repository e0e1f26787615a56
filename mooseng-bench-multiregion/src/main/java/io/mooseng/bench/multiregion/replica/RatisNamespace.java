package io.mooseng.bench.multiregion.replica;

import io.grpc.BindableService;
import io.mooseng.bench.core.model.ServerState;
import io.mooseng.bench.core.process.ScratchDirectory;
import io.mooseng.bench.core.process.TemporaryDirectories;
import io.mooseng.bench.core.server.namespace.Command;
import io.mooseng.bench.core.server.namespace.Namespace;
import io.mooseng.bench.core.server.namespace.NamespaceView;
import io.mooseng.bench.core.server.settings.StoreLocation;
import io.mooseng.bench.multiregion.cluster.ClusterDescription;
import io.mooseng.bench.multiregion.cluster.Region;
import io.mooseng.bench.proto.ChunkLocation;
import io.mooseng.bench.proto.MetadataUpdate;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.apache.ratis.proto.RaftProtos.RoleInfoProto;
import org.apache.ratis.protocol.Message;
import org.apache.ratis.protocol.RaftClientReply;
import org.apache.ratis.protocol.RaftGroup;
import org.apache.ratis.protocol.RaftGroupId;
import org.apache.ratis.protocol.RaftPeerId;
import org.apache.ratis.server.RaftServer;
import org.apache.ratis.server.storage.RaftStorage;
import org.apache.ratis.statemachine.StateMachine;
import org.apache.ratis.thirdparty.com.google.protobuf.UnsafeByteOperations;

/**
 * The namespace of one region: what others change arrives by Ratis, and what is changed here goes
 * to the leader, wherever that is.
 */
public final class RatisNamespace implements Namespace {

  private static final String DIRECTORY = "raft";

  private final ClusterDescription cluster;
  private final String self;
  private final NamespaceStateMachine machine = new NamespaceStateMachine();
  private final Optional<ScratchDirectory> scratch;
  private final RaftGroup group;
  private final Optional<Shards> shards;
  private final RaftServer server;
  private final Orders orders;
  private final ReadIndex readIndex;
  private final CommandBatches batches = new CommandBatches(this::order);

  /**
   * Starts to take part in the cluster.
   *
   * @param store where the log and snapshots go; if on the heap, what Ratis needs besides its log
   *     lies in a temporary directory
   * @throws IOException if the port is taken, or the storage cannot be had
   */
  RatisNamespace(ClusterDescription cluster, String self, StoreLocation store) throws IOException {
    requireFree(cluster.region(self));
    this.cluster = cluster;
    this.self = self;
    this.group = RaftSettings.group(cluster, self);
    this.shards =
        cluster.transactions() ? Optional.of(new Shards(cluster, self)) : Optional.empty();
    Path directory;
    if (store instanceof StoreLocation.Directory kept) {
      scratch = Optional.empty();
      directory = Files.createDirectories(kept.path().resolve(DIRECTORY));
    } else {
      scratch = Optional.of(TemporaryDirectories.ofSystem().create(DIRECTORY));
      directory = scratch.get().path();
    }
    this.server =
        RaftServer.newBuilder()
            .setServerId(RaftPeerId.valueOf(self))
            .setGroup(group)
            .setStateMachineRegistry(this::machineOf)
            .setOption(RaftStorage.StartupOption.RECOVER)
            .setProperties(RaftSettings.server(cluster, self, directory.toFile()))
            .build();
    server.start();
    this.orders = new Orders(server, group);
    Redial redial = Redial.of(server);
    this.readIndex = ReadIndex.of(server, group, redial);
    if (shards.isPresent()) {
      shards.get().join(server, redial);
    }
  }

  /** Ratis ends the program without a word if it cannot have its port. */
  private static void requireFree(Region region) throws IOException {
    InetAddress host = InetAddress.getByName(region.host());
    try (ServerSocket free = new ServerSocket(region.raftPort(), 1, host)) {
      free.getLocalPort();
    } catch (BindException e) {
      throw new IOException(
          "raft-port %d of region '%s' cannot be had: %s"
              .formatted(region.raftPort(), region.name(), e.getMessage()),
          e);
    }
  }

  private StateMachine machineOf(RaftGroupId id) {
    return shards.flatMap(all -> all.machine(id)).map(StateMachine.class::cast).orElse(machine);
  }

  /** As {@link #submit}, with the place in the log. */
  CompletableFuture<CommandBatches.Applied> order(Command command) {
    return batches.order(command);
  }

  private CompletableFuture<CommandBatches.Ordered> order(ByteBuffer entry) {
    Message message = Message.valueOf(UnsafeByteOperations.unsafeWrap(entry));
    return orders.order(message).thenApply(RatisNamespace::ordered);
  }

  private static CommandBatches.Ordered ordered(RaftClientReply reply) {
    if (!reply.isSuccess()) {
      throw new CompletionException(new IOException("not ordered: " + reply.getException()));
    }
    return new CommandBatches.Ordered(
        reply.getLogIndex(), reply.getMessage().getContent().asReadOnlyByteBuffer());
  }

  @Override
  public CompletableFuture<MetadataUpdate> submit(Command command) {
    return order(command).thenApply(CommandBatches.Applied::update);
  }

  /**
   * By ReadIndex, or by the lease of the leader, as the cluster is set up. While nobody is known to
   * lead, or the leader cannot be reached, the question is asked again, for some seconds.
   */
  @Override
  public CompletableFuture<NamespaceView> view() {
    return readIndex.reached().thenApply(reached -> machine.view());
  }

  /** What has been applied here, however old that is. */
  NamespaceView replica() {
    return machine.view();
  }

  AppliedIndex applied() {
    return machine.applied();
  }

  RaftServer.Division division() throws IOException {
    return server.getDivision(group.getGroupId());
  }

  /** Milliseconds since this region heard from the leader; 0 if it leads, empty if nobody does. */
  Optional<Long> silenceMillis() throws IOException {
    RoleInfoProto role = division().getInfo().getRoleInfoProto();
    if (division().getInfo().isLeader()) {
      return Optional.of(0L);
    }
    return role.hasFollowerInfo() && role.getFollowerInfo().hasLeaderInfo()
        ? Optional.of(role.getFollowerInfo().getLeaderInfo().getLastRpcElapsedTimeMs())
        : Optional.empty();
  }

  /**
   * Moves the leadership; blocks.
   *
   * @throws IOException if it did not move in time
   */
  void transfer(String region, long timeoutMillis) throws IOException {
    RaftClientReply reply =
        orders.client().admin().transferLeadership(RaftPeerId.valueOf(region), timeoutMillis);
    if (!reply.isSuccess()) {
      throw new IOException("the leadership did not move: " + reply.getException());
    }
  }

  String self() {
    return self;
  }

  @Override
  public boolean completeAtStart() {
    return false;
  }

  @Override
  public List<BindableService> services() {
    List<BindableService> services = new ArrayList<>();
    services.add(new RegionService(this));
    shards.map(TransactionService::new).ifPresent(services::add);
    return services;
  }

  @Override
  public Map<Long, ChunkLocation> peers() {
    Map<Long, ChunkLocation> peers = new HashMap<>();
    for (String name : cluster.names()) {
      if (!name.equals(self)) {
        Region reached = cluster.reached(self, name);
        peers.put(
            cluster.serverId(name),
            ChunkLocation.newBuilder()
                .setServerAddress(reached.host())
                .setServerPort(reached.port())
                .setRegion(name)
                .build());
      }
    }
    return peers;
  }

  @Override
  public List<ChunkLocation> replicas() {
    if (!cluster.copiesFirst()) {
      return List.of();
    }
    return cluster.replicas().getOrDefault(self, List.of()).stream()
        .map(cluster::region)
        .map(
            region ->
                ChunkLocation.newBuilder()
                    .setServerId(cluster.serverId(region.name()))
                    .setServerAddress(region.host())
                    .setServerPort(region.port())
                    .setRegion(region.name())
                    .build())
        .toList();
  }

  @Override
  public List<String> regionsCopiedTo() {
    return cluster.copiesFirst() ? List.of() : cluster.replicas().getOrDefault(self, List.of());
  }

  /** Read without asking anybody else; nothing where Ratis does not know. */
  @Override
  public List<ServerState.Gauge> gauges() {
    List<ServerState.Gauge> gauges = new ArrayList<>();
    try {
      RaftServer.Division division = division();
      long committed = division.getRaftLog().getLastCommittedIndex();
      long appliedHere = Math.max(0, applied().get());
      RaftPeerId leader = division.getInfo().getLeaderId();
      if (leader != null) {
        gauges.add(
            new ServerState.Gauge(
                "mooseng_region_leader",
                "Always 1: the region that leads, as this region knows.",
                Map.of("leader", leader.toString()),
                1));
      }
      add(
          gauges,
          "mooseng_region_leads",
          "1 if this region leads.",
          division.getInfo().isLeader() ? 1 : 0);
      add(gauges, "mooseng_region_term", "Raft's term.", division.getInfo().getCurrentTerm());
      add(
          gauges,
          "mooseng_region_committed_index",
          "The last entry that this region knows to be committed.",
          committed);
      add(
          gauges,
          "mooseng_region_applied_index",
          "The last entry whose effects can be read here.",
          appliedHere);
      add(
          gauges,
          "mooseng_region_replication_lag_entries",
          "Entries that this region knows to be committed and has not applied.",
          Math.max(0, committed - appliedHere));
      silenceMillis()
          .ifPresent(
              millis ->
                  add(
                      gauges,
                      "mooseng_region_staleness_seconds",
                      "How long ago this region last heard from the leader: what is read here may be"
                          + " older than anything written since.",
                      millis / 1e3));
    } catch (IOException | RuntimeException e) {
      // The server starts or ends: then there is nothing to tell.
    }
    return gauges;
  }

  private static void add(List<ServerState.Gauge> gauges, String name, String help, double value) {
    gauges.add(new ServerState.Gauge(name, help, Map.of(), value));
  }

  /** Every region names others by their own addresses; the way there is this region's own. */
  @Override
  public String dialled(String address) {
    return cluster.regions().stream()
        .filter(region -> region.address().equals(address) && !region.name().equals(self))
        .findFirst()
        .map(region -> cluster.reached(self, region.name()).address())
        .orElse(address);
  }

  @Override
  public void close() throws IOException {
    try (server;
        orders) {
      if (shards.isPresent()) {
        shards.get().close();
      }
    } finally {
      if (scratch.isPresent()) {
        scratch.get().close();
      }
    }
  }
}
