package io.mooseng.bench.core.target.grpc;

import io.grpc.CallOptions;
import io.grpc.ChannelCredentials;
import io.grpc.Codec;
import io.grpc.DecompressorRegistry;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.wire.TransportTuning;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The connections of one client: the channels to each address, on event-loop threads which also run
 * the callbacks, since none of them blocks, and which it shares with the clients made from it. Safe
 * for any number of threads.
 */
final class Transport implements AutoCloseable {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  /** Payloads do not compress; a header that says we could take it costs both sides of a call. */
  private static final DecompressorRegistry UNCOMPRESSED =
      DecompressorRegistry.emptyInstance().with(Codec.Identity.NONE, false);

  private final GrpcOptions options;
  private final EventLoops loops;
  private final ChannelCredentials credentials;
  private final CallOptions callOptions;
  private final Deadlines deadlines;
  private final Retries retries;

  /** How many clients were made, by any of those that share the loops. */
  private final AtomicLong clients;

  /** How many sessions were lost and made anew, of any of those that share the loops. */
  private final AtomicLong sessionsLost;

  private final ConcurrentMap<HostPort, Link> links = new ConcurrentHashMap<>();

  /**
   * The connections of the first client, none of them made yet.
   *
   * @throws OperationException INVALID if a TLS file cannot be used
   */
  static Transport open(GrpcOptions options) throws OperationException {
    try {
      return new Transport(options);
    } catch (IOException | IllegalArgumentException e) {
      throw new OperationException(
          FailureKind.INVALID, "the TLS files cannot be used: " + e.getMessage(), e);
    }
  }

  private Transport(GrpcOptions options) throws IOException {
    this(options, credentials(options), new EventLoops(), new AtomicLong(), new AtomicLong());
  }

  private Transport(
      GrpcOptions options,
      ChannelCredentials credentials,
      EventLoops loops,
      AtomicLong clients,
      AtomicLong sessionsLost) {
    ConnectionSettings connections = options.connections();
    this.options = options;
    this.credentials = credentials;
    this.loops = loops;
    this.clients = clients;
    this.sessionsLost = sessionsLost;
    this.callOptions =
        connections.waitForReady() ? CallOptions.DEFAULT.withWaitForReady() : CallOptions.DEFAULT;
    this.deadlines = new Deadlines(connections.deadline(), loops.first());
    this.retries =
        new Retries(
            connections.retries(), connections.backOff(), clients.getAndIncrement(), loops.first());
  }

  /** Connections of another client, on the same threads; either may be closed first. */
  Transport newClient() {
    return new Transport(options, credentials, loops.share(), clients, sessionsLost);
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

  /** The channels to {@code server}; made, not yet connected, when first asked for. */
  Link link(HostPort server) {
    HostPort address = options.dialled(server);
    Link known = links.get(address);
    ConnectionSettings connections = options.connections();
    return known != null
        ? known
        : links.computeIfAbsent(
            address, to -> newLink(to, connections.channels(), connections.streamsPerChannel()));
  }

  /** A channel of its own to {@code address}, closed by the caller. */
  Link newLink(HostPort address) {
    return new Link(address, List.of(lane(0, address)), OptionalInt.empty());
  }

  private Link newLink(HostPort address, int channels, OptionalInt streamsPerChannel) {
    return new Link(
        address,
        IntStream.range(0, channels).mapToObj(number -> keptLane(number, address)).toList(),
        streamsPerChannel);
  }

  /** One that is connected again when its server comes back. */
  private Lane keptLane(int number, HostPort address) {
    Lane lane = lane(number, address);
    Reconnection.keep(lane.channel(), lane.loop(), () -> {});
    return lane;
  }

  private Lane lane(int number, HostPort address) {
    EventLoop loop = loops.next();
    return new Lane(number, channel(address, loop, UnaryOperator.identity()), loop);
  }

  /** See {@link RpcAccess#newChannel}. */
  ManagedChannel newChannel(HostPort address, UnaryOperator<NettyChannelBuilder> more) {
    return channel(address, loops.next(), more);
  }

  private ManagedChannel channel(
      HostPort address, EventLoop loop, UnaryOperator<NettyChannelBuilder> more) {
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(
                new InetSocketAddress(address.host(), address.port()), credentials)
            .directExecutor()
            .offloadExecutor(loop)
            .decompressorRegistry(UNCOMPRESSED)
            // A retry of gRPC's would hide a failure, and keeps a copy of what was sent.
            .disableRetry()
            .withOption(
                ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) options.connectTimeout().toMillis())
            .maxInboundMessageSize((int) options.maxInboundMessage().bytes());
    options
        .connections()
        .flowControlWindow()
        .ifPresent(window -> builder.flowControlWindow((int) window.bytes()));
    return more.apply(TransportTuning.tune(builder, loop)).build();
  }

  /** What every call begins with. */
  CallOptions callOptions() {
    return callOptions;
  }

  /** Whether servers are asked when they received and answered a call. */
  boolean asksForTimes() {
    return options.serverTimes();
  }

  Deadlines deadlines() {
    return deadlines;
  }

  Retries retries() {
    return retries;
  }

  /** Counts the sessions that were lost and made anew. */
  AtomicLong sessionsLost() {
    return sessionsLost;
  }

  /** Runs what must happen later; nothing that blocks. */
  ScheduledExecutorService timer() {
    return loops.first();
  }

  /** Ends all channels, and the threads if no other client uses them; calls in progress fail. */
  @Override
  public void close() {
    retries.close();
    links.values().forEach(Link::shutdownNow);
    boolean interrupted = false;
    try {
      for (Link link : links.values()) {
        link.awaitTermination(CLOSE_TIMEOUT);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    loops.release();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
