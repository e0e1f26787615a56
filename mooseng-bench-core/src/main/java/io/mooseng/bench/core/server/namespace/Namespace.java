package io.mooseng.bench.core.server.namespace;

import io.grpc.BindableService;
import io.mooseng.bench.core.model.ServerState;
import io.mooseng.bench.proto.ChunkLocation;
import io.mooseng.bench.proto.MetadataUpdate;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * The files and directories of a server, changed by commands in one order.
 *
 * <p>Safe for use by any number of threads. Futures may complete on an internal thread; what
 * depends on them must not block.
 */
public interface Namespace extends AutoCloseable {

  /**
   * Orders and applies a command.
   *
   * @return completes when the command is applied and as durable as the namespace promises, with
   *     the files and chunks it made, changed or removed; fails with {@link NamespaceException} if
   *     the command was refused, with {@link IOException} if it could not be made durable
   */
  CompletableFuture<MetadataUpdate> submit(Command command);

  /**
   * A view at least as new as every command that was acknowledged before this call, by whichever
   * server of a cluster.
   */
  CompletableFuture<NamespaceView> view();

  /**
   * Whether this node knows every file from the start, so that a stored chunk without a file is
   * garbage then.
   */
  boolean completeAtStart();

  /** Calls of this namespace's own, besides those of the protocol. */
  default List<BindableService> services() {
    return List.of();
  }

  /**
   * Where the other servers of a cluster are reached from this one, by their id. Only host, port
   * and region of a location are meant.
   */
  default Map<Long, ChunkLocation> peers() {
    return Map.of();
  }

  /**
   * Where copies of a new chunk go besides this server, in the order of the chain, at the addresses
   * the servers know themselves by.
   */
  default List<ChunkLocation> replicas() {
    return List.of();
  }

  /**
   * The regions that get a copy of every chunk written through this server, after the write was
   * acknowledged.
   */
  default List<String> regionsCopiedTo() {
    return List.of();
  }

  /** What is to be watched of it while it serves. */
  default List<ServerState.Gauge> gauges() {
    return List.of();
  }

  /**
   * What this server dials to reach another one.
   *
   * @param address {@code host:port} by which that one knows itself
   */
  default String dialled(String address) {
    return address;
  }

  @Override
  void close() throws IOException;
}
