package io.mooseng.bench.core.target.grpc;

import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.mooseng.bench.core.model.OperationException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

/**
 * What benchmarks of calls and connections need of a driver that speaks gRPC, besides its
 * operations: the server it is connected to, by the address it was given, and the same way to
 * connect, to set deadlines and to name failures.
 *
 * <p>Safe for any number of threads. Channels made here use the threads of the driver, and must be
 * closed before it.
 */
public final class RpcAccess {

  private final Transport transport;
  private final GrpcOptions options;
  private final HostPort server;

  RpcAccess(Transport transport, GrpcOptions options, HostPort server) {
    this.transport = transport;
    this.options = options;
    this.server = server;
  }

  /** The channel that the driver itself uses, connected; not to be closed. */
  public ManagedChannel channel() {
    return transport.link(server).channel();
  }

  /** A channel of its own, not yet connected, closed by the caller. */
  public ManagedChannel newChannel() {
    return newChannel(UnaryOperator.identity());
  }

  /**
   * As {@link #newChannel()}.
   *
   * @param more what is different from the driver's own channels
   */
  public ManagedChannel newChannel(UnaryOperator<NettyChannelBuilder> more) {
    return transport.newChannel(server, more);
  }

  /** For one call that is made now: with the deadline that every call of the driver has. */
  public CallOptions callOptions() {
    return transport
        .callOptions()
        .withDeadlineAfter(options.connections().deadline().toNanos(), TimeUnit.NANOSECONDS);
  }

  /** How long a call may take. */
  public Duration deadline() {
    return options.connections().deadline();
  }

  /** How long a connection may take. */
  public Duration connectTimeout() {
    return options.connectTimeout();
  }

  /** The host as it was named, which its certificate must name as well. */
  public String host() {
    return server.host();
  }

  /**
   * Where the server listens.
   *
   * @throws OperationException UNAVAILABLE if the host has no address
   */
  public InetSocketAddress address() throws OperationException {
    return Opening.resolve(server);
  }

  /** The files of TLS; empty for plain text. */
  public Optional<TlsFiles> tls() {
    return options.tls();
  }

  /**
   * How a call failed, in the terms of the harness.
   *
   * @param rpc the call's bare name
   */
  public OperationException failure(String rpc, Status status) {
    return Failures.of(rpc, server, status);
  }
}
