package io.mooseng.bench.core.target.grpc;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.Route;
import io.mooseng.bench.core.target.TargetOptions;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * How the client connects and calls.
 *
 * @param connections what a benchmark may choose
 * @param connectTimeout until a server must have answered when the driver is opened, and when a
 *     lost session is made anew
 * @param maxInboundMessage largest message accepted from a server
 * @param tls empty for plaintext
 * @param serverTimes whether servers are asked when they received and answered each call
 * @param route how the server is reached, if not at the address it calls itself
 */
public record GrpcOptions(
    ConnectionSettings connections,
    Duration connectTimeout,
    ByteSize maxInboundMessage,
    Optional<TlsFiles> tls,
    boolean serverTimes,
    Optional<Route> route) {

  /** Above gRPC's 4 MiB default, so that a server with large frames is measured, not refused. */
  private static final ByteSize DEFAULT_MAX_INBOUND = new ByteSize(16 << 20);

  public GrpcOptions {
    Objects.requireNonNull(connections);
    requirePositive("connect timeout", connectTimeout);
    requireWithin("max inbound message", maxInboundMessage.bytes(), 1);
    Objects.requireNonNull(tls);
  }

  /** Plain text, default connections, of a server that is known to be there. */
  public static GrpcOptions defaults() {
    return new GrpcOptions(
        ConnectionSettings.defaults(),
        TargetOptions.KNOWN_OPEN_TIMEOUT,
        DEFAULT_MAX_INBOUND,
        Optional.empty(),
        false,
        Optional.empty());
  }

  public GrpcOptions withConnections(ConnectionSettings value) {
    return new GrpcOptions(value, connectTimeout, maxInboundMessage, tls, serverTimes, route);
  }

  public GrpcOptions withConnectTimeout(Duration value) {
    return new GrpcOptions(connections, value, maxInboundMessage, tls, serverTimes, route);
  }

  public GrpcOptions withTls(TlsFiles value) {
    return new GrpcOptions(
        connections, connectTimeout, maxInboundMessage, Optional.of(value), serverTimes, route);
  }

  public GrpcOptions withServerTimes(boolean value) {
    return new GrpcOptions(connections, connectTimeout, maxInboundMessage, tls, value, route);
  }

  public GrpcOptions withRoute(Optional<Route> value) {
    return new GrpcOptions(connections, connectTimeout, maxInboundMessage, tls, serverTimes, value);
  }

  /** Where to dial for a server that is said to be at {@code address}. */
  HostPort dialled(HostPort address) {
    return route
        .filter(known -> HostPort.parse(known.server()).equals(address))
        .map(known -> HostPort.parse(known.dialled()))
        .orElse(address);
  }

  private static void requirePositive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new IllegalArgumentException(
          name + " " + value + " is not accepted; accepted: a positive duration");
    }
  }

  private static void requireWithin(String name, long bytes, long least) {
    if (bytes < least || bytes > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          name + " " + bytes + " B is not accepted; accepted: " + least + " to 2147483647 B");
    }
  }
}
