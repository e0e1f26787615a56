package io.mooseng.bench.core.target.grpc;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.mooseng.bench.core.wire.TransportTuning;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The connections of one driver: a channel per address, all on one event-loop thread, which also
 * runs the callbacks, since none of them blocks. Safe for any number of threads.
 */
final class Transport implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final GrpcOptions options;
  private final EventLoopGroup eventLoop;
  private final ChannelCredentials credentials;
  private final ConcurrentMap<HostPort, Link> links = new ConcurrentHashMap<>();

  /**
   * @throws IOException if a TLS file cannot be read
   */
  Transport(GrpcOptions options) throws IOException {
    this.options = options;
    this.credentials = credentials(options);
    this.eventLoop = TransportTuning.eventLoops("mooseng-client", 1);
  }

  private static ChannelCredentials credentials(GrpcOptions options) throws IOException {
    if (options.tls().isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    TlsFiles files = options.tls().get();
    TlsChannelCredentials.Builder tls =
        TlsChannelCredentials.newBuilder().trustManager(files.authority().toFile());
    if (files.identity().isPresent()) {
      TlsFiles.ClientIdentity identity = files.identity().get();
      tls.keyManager(identity.certificate().toFile(), identity.key().toFile());
    }
    return tls.build();
  }

  /** The one channel to {@code address}; made, not yet connected, when first asked for. */
  Link link(HostPort address) {
    return links.computeIfAbsent(address, this::newLink);
  }

  /** A channel of its own to {@code address}, closed by the caller. */
  Link newLink(HostPort address) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(address.host(), address.port()), credentials)
            .directExecutor()
            .offloadExecutor(eventLoop)
            // A retry would hide a failure, and keeps a copy of what was sent.
            .disableRetry()
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.connectTimeout().toMillis())
            .maxInboundMessageSize((int) options.maxInboundMessage().bytes());
    options.flowControlWindow().ifPresent(w -> builder.flowControlWindow((int) w.bytes()));
    ManagedChannel channel = TransportTuning.tune(builder, eventLoop).build();
    Reconnection.keep(channel, eventLoop, () -> {});
    return new Link(address, channel);
  }

  /** Runs what must happen later; nothing that blocks. */
  ScheduledExecutorService timer() {
    return eventLoop;
  }

  /** Ends all channels and the thread; calls in progress fail. */
  @Override
  public void close() {
    links.values().forEach(link -> link.channel().shutdownNow());
    boolean interrupted = false;
    try {
      for (Link link : links.values()) {
        link.channel().awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    eventLoop
        .shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
        .awaitUninterruptibly();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
