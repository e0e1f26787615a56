package io.mooseng.bench.core.server;

import io.grpc.ChannelCredentials;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.mooseng.bench.core.model.ServerState;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.DirectoryChunkStore;
import io.mooseng.bench.core.server.chunk.MemoryChunkStore;
import io.mooseng.bench.core.server.namespace.Namespace;
import io.mooseng.bench.core.server.namespace.NamespaceProvider;
import io.mooseng.bench.core.server.namespace.NamespaceView;
import io.mooseng.bench.core.server.probe.ProbeService;
import io.mooseng.bench.core.server.service.CallMeter;
import io.mooseng.bench.core.server.service.CallTiming;
import io.mooseng.bench.core.server.service.ChainChannels;
import io.mooseng.bench.core.server.service.ChunkService;
import io.mooseng.bench.core.server.service.MetadataService;
import io.mooseng.bench.core.server.service.RegionCopies;
import io.mooseng.bench.core.server.service.ServerDirectory;
import io.mooseng.bench.core.server.service.SessionService;
import io.mooseng.bench.core.server.service.Sessions;
import io.mooseng.bench.core.server.service.SteadyClock;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.server.settings.StoreLocation;
import io.mooseng.bench.core.server.settings.TlsSettings;
import io.mooseng.bench.core.wire.TransportTuning;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A MooseNG server: master, chunkserver and client service on one port.
 *
 * <p>Runs from {@link #start} to {@link #close}. Safe for use by any number of threads.
 */
public final class MooseNgServer implements AutoCloseable {

  /** gRPC reads and writes of files block, so more threads than processors keep a disk busy. */
  private static final int THREADS = Math.max(16, 4 * Runtime.getRuntime().availableProcessors());

  /** The name by which clients recognise this implementation; the version follows. */
  private static final String IMPLEMENTATION = "MooseNG Bench embedded server";

  private static final String CHUNKS = "chunks";
  private static final int MAX_MESSAGE_BYTES = 8 << 20;
  private static final long CLOSE_SECONDS = 5;

  private final Server server;
  private final ServerDirectory.Address address;
  private final Deque<AutoCloseable> resources;
  private final Supplier<ServerState> state;

  private MooseNgServer(
      Server server,
      ServerDirectory.Address address,
      Deque<AutoCloseable> resources,
      Supplier<ServerState> state) {
    this.server = server;
    this.address = address;
    this.resources = resources;
    this.state = state;
  }

  /**
   * Starts a server.
   *
   * @throws IOException if the port, the store or a TLS file cannot be had; nothing is left running
   * @throws IllegalArgumentException if there is no namespace of the name in the settings
   */
  public static MooseNgServer start(ServerSettings settings) throws IOException {
    return start(settings, UnaryOperator.identity());
  }

  /**
   * Starts a server around whose chunk store something else is put.
   *
   * @param decoration what the services see instead of the store
   */
  static MooseNgServer start(ServerSettings settings, UnaryOperator<ChunkStore> decoration)
      throws IOException {
    Deque<AutoCloseable> resources = new ArrayDeque<>();
    try {
      return assemble(settings, decoration, resources);
    } catch (IOException | RuntimeException e) {
      closeAll(resources, e);
      throw e;
    }
  }

  private static MooseNgServer assemble(
      ServerSettings settings, UnaryOperator<ChunkStore> decoration, Deque<AutoCloseable> resources)
      throws IOException {
    if (settings.store() instanceof StoreLocation.Directory directory) {
      resources.push(StoreLock.take(directory.path()));
    }
    ChunkStore store = decoration.apply(openStore(settings));
    resources.push(store);
    Namespace namespace = openNamespace(settings);
    resources.push(namespace);
    if (namespace.completeAtStart()) {
      deleteOrphans(store, namespace.view().join());
    }
    ExecutorService executor = executor();
    resources.push(executor::shutdownNow);
    EventLoopGroup loops =
        TransportTuning.eventLoops("mooseng-server-io", Runtime.getRuntime().availableProcessors());
    resources.push(() -> loops.shutdownGracefully(0, CLOSE_SECONDS, TimeUnit.SECONDS).sync());
    ChainChannels chain =
        new ChainChannels(target -> channel(namespace.dialled(target), settings.tls(), loops));
    resources.push(chain);

    String host = reachable(settings.host());
    ServerDirectory servers =
        new ServerDirectory(settings, store, namespace.peers(), namespace.replicas());
    Sessions sessions = new Sessions(new SteadyClock());
    RegionCopies copies = new RegionCopies(store, namespace, servers, chain);
    resources.push(copies);
    ChunkService chunks = new ChunkService(store, namespace, servers, chain, copies, executor);
    if (namespace.completeAtStart()) {
      chunks.reportUnreported();
    }
    CallTiming timing = new CallTiming();
    CallMeter meter = new CallMeter();
    NettyServerBuilder builder =
        TransportTuning.tune(
                NettyServerBuilder.forAddress(
                    new InetSocketAddress(settings.host(), settings.port()),
                    ServerTls.credentials(settings.tls())),
                loops)
            // What never blocks runs where the bytes arrive, without changing threads.
            .executor(blocks(settings, store) ? executor : Runnable::run)
            .flowControlWindow(TransportTuning.FLOW_CONTROL_WINDOW_BYTES)
            .maxInboundMessageSize(MAX_MESSAGE_BYTES)
            .addStreamTracerFactory(timing)
            .addStreamTracerFactory(meter)
            .intercept(timing)
            .addService(new SessionService(sessions, servers, implementation()))
            .addService(new MetadataService(namespace, store, sessions, servers, executor))
            .addService(chunks.definition())
            .addService(new ProbeService());
    namespace.services().forEach(builder::addService);
    Server server = builder.build().start();
    ServerDirectory.Address address = new ServerDirectory.Address(host, server.getPort());
    servers.bound(address);
    return new MooseNgServer(
        server, address, resources, () -> state(meter, namespace, copies, store));
  }

  private static ServerState state(
      CallMeter meter, Namespace namespace, RegionCopies copies, ChunkStore store) {
    List<ServerState.Gauge> gauges = new ArrayList<>(namespace.gauges());
    gauges.add(
        new ServerState.Gauge(
            "mooseng_server_chunks_bytes",
            "Sizes of all chunks here.",
            Map.of(),
            store.usedBytes()));
    copies
        .pending()
        .forEach(
            (region, chunks) ->
                gauges.add(
                    new ServerState.Gauge(
                        "mooseng_region_copies_pending",
                        "Chunks that have not yet been copied to another region.",
                        Map.of("to", region),
                        chunks)));
    return new ServerState(meter.calls(), gauges);
  }

  private static boolean blocks(ServerSettings settings, ChunkStore store) {
    return !(store instanceof MemoryChunkStore
        && settings.namespace().equals(ServerSettings.LOCAL_NAMESPACE));
  }

  private static ChunkStore openStore(ServerSettings settings) throws IOException {
    if (settings.store() instanceof StoreLocation.Directory directory) {
      return new DirectoryChunkStore(directory.path().resolve(CHUNKS), settings.fsync());
    }
    return new MemoryChunkStore();
  }

  private static Namespace openNamespace(ServerSettings settings) throws IOException {
    return NamespaceProvider.named(settings.namespace())
        .open(
            new NamespaceProvider.Context(
                settings.store(),
                settings.fsync(),
                settings.serverId(),
                settings.region(),
                settings.cluster()));
  }

  /** A crash between forgetting a file and deleting its chunks leaves chunks nobody can reach. */
  private static void deleteOrphans(ChunkStore store, NamespaceView view) throws IOException {
    for (long chunkId : List.copyOf(store.chunks().keySet())) {
      if (view.chunk(chunkId).isEmpty()) {
        store.delete(chunkId);
      }
    }
  }

  private static ExecutorService executor() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        THREADS,
        task -> {
          Thread thread = new Thread(task, "mooseng-server-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /** To the next of a chain: with TLS, this server is a client that shows its own certificate. */
  private static ManagedChannel channel(
      String target, Optional<TlsSettings> tls, EventLoopGroup loops) {
    return TransportTuning.tune(
            NettyChannelBuilder.forTarget(target, channelCredentials(tls)), loops)
        .flowControlWindow(TransportTuning.FLOW_CONTROL_WINDOW_BYTES)
        .build();
  }

  private static ChannelCredentials channelCredentials(Optional<TlsSettings> tls) {
    if (tls.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    try {
      TlsChannelCredentials.Builder credentials =
          TlsChannelCredentials.newBuilder()
              .keyManager(tls.get().certificateChain().toFile(), tls.get().privateKey().toFile());
      if (tls.get().clientAuthority().isPresent()) {
        credentials.trustManager(tls.get().clientAuthority().get().toFile());
      }
      return credentials.build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a client can connect to; nobody can connect to a wildcard. */
  private static String reachable(String host) throws IOException {
    return InetAddress.getByName(host).isAnyLocalAddress()
        ? InetAddress.getLocalHost().getHostAddress()
        : host;
  }

  private static String implementation() {
    String version = MooseNgServer.class.getPackage().getImplementationVersion();
    return IMPLEMENTATION + " " + (version == null ? "(development)" : version);
  }

  /** What it does, at this moment. */
  public ServerState state() {
    return state.get();
  }

  /** The port the server listens on; never 0. */
  public int port() {
    return address.port();
  }

  /** {@code host:port}, as a client would name it. */
  public String address() {
    return address.toString();
  }

  /** Returns when the server was closed, by another thread. */
  public void awaitClose() throws InterruptedException {
    server.awaitTermination();
  }

  /** Lets calls under way end for {@value #CLOSE_SECONDS} seconds, then gives everything back. */
  @Override
  public void close() throws IOException {
    server.shutdown();
    try {
      if (!server.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        server.shutdownNow().awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    IOException failure = new IOException("the server at " + address + " did not close cleanly");
    closeAll(resources, failure);
    if (failure.getSuppressed().length > 0) {
      throw failure;
    }
  }

  private static void closeAll(Deque<AutoCloseable> resources, Exception collector) {
    while (!resources.isEmpty()) {
      try {
        resources.pop().close();
      } catch (Exception e) {
        collector.addSuppressed(e);
      }
    }
  }
}
