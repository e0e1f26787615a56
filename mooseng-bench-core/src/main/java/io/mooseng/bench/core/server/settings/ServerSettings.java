package io.mooseng.bench.core.server.settings;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What an embedded server is started with.
 *
 * @param host the address to listen on and to name in chunk locations
 * @param port 1 to 65535, or 0 for any free one
 * @param store where files are kept
 * @param fsync whether acknowledged changes and data are on the device
 * @param tls absent for plaintext
 * @param region the region this server says it stands in
 * @param serverId tells the servers of a cluster apart, positive
 * @param namespace the name of a {@link io.mooseng.bench.core.server.namespace.NamespaceProvider}
 * @param cluster the file that describes the cluster this server belongs to; absent if it stands
 *     alone
 */
public record ServerSettings(
    String host,
    int port,
    StoreLocation store,
    boolean fsync,
    Optional<TlsSettings> tls,
    String region,
    long serverId,
    String namespace,
    Optional<Path> cluster) {

  /** The namespace of a server that stands alone. */
  public static final String LOCAL_NAMESPACE = "local";

  private static final String DEFAULT_HOST = "127.0.0.1";
  private static final String DEFAULT_REGION = "local";
  private static final int MAX_PORT = 65535;

  public ServerSettings {
    Objects.requireNonNull(host);
    Objects.requireNonNull(store);
    Objects.requireNonNull(tls);
    Objects.requireNonNull(namespace);
    Objects.requireNonNull(cluster);
    if (port < 0 || port > MAX_PORT) {
      throw new IllegalArgumentException("port " + port + " is not accepted; accepted: 0 to 65535");
    }
    if (region.isBlank()) {
      throw new IllegalArgumentException("region '" + region + "' is not accepted; give it a name");
    }
    if (serverId <= 0) {
      throw new IllegalArgumentException(
          "server id " + serverId + " is not accepted; give 1 or more");
    }
  }

  /** A server on a free loopback port that keeps its files below {@code directory}. */
  public static ServerSettings inDirectory(Path directory) {
    return of(new StoreLocation.Directory(directory));
  }

  /** A server on a free loopback port that keeps its files on the heap. */
  public static ServerSettings inMemory() {
    return of(new StoreLocation.Memory());
  }

  private static ServerSettings of(StoreLocation store) {
    return new ServerSettings(
        DEFAULT_HOST,
        0,
        store,
        false,
        Optional.empty(),
        DEFAULT_REGION,
        1,
        LOCAL_NAMESPACE,
        Optional.empty());
  }

  public ServerSettings withAddress(String newHost, int newPort) {
    return new ServerSettings(
        newHost, newPort, store, fsync, tls, region, serverId, namespace, cluster);
  }

  public ServerSettings withFsync(boolean newFsync) {
    return new ServerSettings(
        host, port, store, newFsync, tls, region, serverId, namespace, cluster);
  }

  public ServerSettings withTls(TlsSettings newTls) {
    return new ServerSettings(
        host, port, store, fsync, Optional.of(newTls), region, serverId, namespace, cluster);
  }

  /** The place of this server in a cluster. */
  public ServerSettings withPlace(String newRegion, long newServerId, String newNamespace) {
    return new ServerSettings(
        host, port, store, fsync, tls, newRegion, newServerId, newNamespace, cluster);
  }

  /** The same server as a part of the cluster that a file describes. */
  public ServerSettings withCluster(Path file) {
    return new ServerSettings(
        host, port, store, fsync, tls, region, serverId, namespace, Optional.of(file));
  }
}
