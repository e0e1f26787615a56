package io.mooseng.bench.multiregion.cluster;

import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkBackends;
import io.mooseng.bench.core.process.ScratchDirectory;
import io.mooseng.bench.core.process.TemporaryDirectories;
import io.mooseng.bench.core.result.NetworkRecord;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A cluster on this machine: one process for each region, and an emulated link for everything that
 * goes from one region to another. Nothing of it outlives {@link #close}, nor this process.
 *
 * <p>Safe for use by any number of threads.
 */
public final class RegionCluster implements AutoCloseable {

  /** Of the fork: the first of the ports where regions answer scrapes of Prometheus. */
  static final String METRICS_PROPERTY = "mooseng.bench.regions.metrics";

  private static final long START_SECONDS = 60;

  /** Below the ports that Linux gives to outgoing connections: those come and go meanwhile. */
  private static final int LEAST_PORT = 15_000;

  private static final int MOST_PORT = 32_000;
  private static final int PORT_ATTEMPTS = 1_000;
  private static final Duration ELECTION_LEAST = Duration.ofSeconds(1);
  private static final Duration ELECTION_MOST = Duration.ofMillis(1_500);

  /**
   * What a cluster is started with.
   *
   * @param matrix distances of the regions
   * @param durableLog see {@link ClusterDescription#durableLog}
   * @param leaderLease see {@link ClusterDescription#leaderLease}
   * @param replication where chunks are copied to, before a write is acknowledged or after
   * @param transactions see {@link ClusterDescription#transactions}
   * @param links how links between regions are emulated
   */
  public record Options(
      RttMatrix matrix,
      boolean durableLog,
      boolean leaderLease,
      ReplicationPolicy replication,
      boolean transactions,
      LinkPlan links) {

    /** In-memory log, leader lease, chunks in one region. */
    public static Options of(RttMatrix matrix) {
      return new Options(matrix, false, true, ReplicationPolicy.LOCAL, false, LinkPlan.DISTANCES);
    }

    /** The same with another way to read. */
    public Options withLease(boolean lease) {
      return new Options(matrix, durableLog, lease, replication, transactions, links);
    }

    /** The same with a log on disk, or without. */
    public Options withDurableLog(boolean durable) {
      return new Options(matrix, durable, leaderLease, replication, transactions, links);
    }

    /** The same with copies of chunks elsewhere. */
    public Options withReplication(ReplicationPolicy policy) {
      return new Options(matrix, durableLog, leaderLease, policy, transactions, links);
    }

    /** The same over other links. */
    public Options withLinks(LinkPlan plan) {
      return new Options(matrix, durableLog, leaderLease, replication, transactions, plan);
    }

    /** The same with shards for transactions. */
    public Options withTransactions() {
      return new Options(matrix, durableLog, leaderLease, replication, true, links);
    }
  }

  private final RegionJvm jvm = RegionJvm.here();
  private final Options options;
  private final ScratchDirectory scratch;
  private final ClusterLinks links;
  private final ClusterDescription description;
  private final Path file;
  private LinkCheck check;
  private final Map<String, RegionProcess> processes = new LinkedHashMap<>();

  private RegionCluster(Options options, ScratchDirectory scratch, ClusterLinks links)
      throws IOException {
    this.options = options;
    this.scratch = scratch;
    this.links = links;
    List<ServerSocket> kept = new ArrayList<>();
    List<Region> regions = new ArrayList<>();
    Map<String, Map<String, Region>> via;
    try {
      for (String name : options.matrix().regions()) {
        regions.add(
            new Region(name, links.host(name).getHostAddress(), freePort(kept), freePort(kept)));
      }
      via = links.via(regions);
    } finally {
      // Kept until the links have their ports, so that none of them is one of these.
      for (ServerSocket socket : kept) {
        socket.close();
      }
    }
    this.description =
        new ClusterDescription(
            options.matrix().name(),
            options.durableLog(),
            options.leaderLease(),
            options.transactions(),
            ELECTION_LEAST,
            ELECTION_MOST,
            regions,
            options.replication().chains(options.matrix()),
            options.replication().copiesFirst(),
            via,
            clients());
    this.file = scratch.path().resolve("cluster.yaml");
  }

  /**
   * Starts all regions; comes back when all accept calls. That does not mean that they have agreed
   * on a leader.
   *
   * @throws IOException naming the region that does not start; then nothing is left
   */
  public static RegionCluster start(Options options) throws IOException {
    ScratchDirectory scratch = TemporaryDirectories.ofSystem().create("regions");
    ClusterLinks links;
    try {
      links = ClusterLinks.open(options.matrix(), options.links());
    } catch (IOException | RuntimeException e) {
      scratch.close();
      throw e;
    }
    RegionCluster cluster = new RegionCluster(options, scratch, links);
    Runtime.getRuntime().addShutdownHook(new Thread(cluster::closeQuietly, "end-of-regions"));
    try {
      cluster.startAll();
      return cluster;
    } catch (IOException | RuntimeException e) {
      cluster.closeQuietly();
      throw e;
    }
  }

  /** Where clients bind that stand in a region. */
  private Map<String, String> clients() {
    Map<String, String> clients = new LinkedHashMap<>();
    for (String region : options.matrix().regions()) {
      links.clientHost(region).ifPresent(host -> clients.put(region, host.getHostAddress()));
    }
    return clients;
  }

  private void startAll() throws IOException {
    check = LinkCheck.of(links);
    ClusterFile.write(description, file);
    for (String region : description.names()) {
      launch(region);
    }
    for (RegionProcess process : List.copyOf(processes.values())) {
      process.awaitListening(START_SECONDS);
    }
  }

  private synchronized RegionProcess launch(String region) throws IOException {
    Path directory = Files.createDirectories(scratch.path().resolve(region));
    String store = options.durableLog() ? directory.resolve("store").toString() : "memory";
    RegionProcess process =
        RegionProcess.start(
            links.command(region),
            region,
            file,
            directory,
            store,
            jvm.options(description.names().size()),
            metricsPort(region));
    processes.put(region, process);
    return process;
  }

  /** Of the n-th region, the n-th port from the one on that the user chose. */
  private OptionalInt metricsPort(String region) {
    Integer first = Integer.getInteger(METRICS_PROPERTY);
    return first == null
        ? OptionalInt.empty()
        : OptionalInt.of(first + description.names().indexOf(region));
  }

  private static int freePort(List<ServerSocket> kept) throws IOException {
    for (int attempt = 0; attempt < PORT_ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LEAST_PORT, MOST_PORT);
      try {
        kept.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        return port;
      } catch (BindException e) {
        // Somebody has it.
      }
    }
    throw new IOException("no port from %d to %d is free".formatted(LEAST_PORT, MOST_PORT));
  }

  public ClusterDescription description() {
    return description;
  }

  public RttMatrix matrix() {
    return options.matrix();
  }

  public Options options() {
    return options;
  }

  /** The links between regions, to be broken and mended. */
  public ClusterLinks links() {
    return links;
  }

  /**
   * The network between the regions: what was asked for, and what was measured before the start.
   */
  public NetworkRecord network() throws IOException {
    LinkBackend backend = LinkBackends.load().named(options.links().backend()).orElseThrow();
    Map<String, Object> requested = new TreeMap<>();
    requested.put("source", matrix().source());
    for (String from : matrix().regions()) {
      for (String to : matrix().regions()) {
        if (!from.equals(to)) {
          requested.put(from + "-" + to, links.way(from, to).describe());
        }
      }
    }
    Map<String, Object> measured = new TreeMap<>(links.facts());
    measured.putAll(check.measured());
    List<String> claims = new ArrayList<>(backend.claims().stamps());
    claims.add("links between regions; servers and clients of a region do not share a rate");
    return NetworkRecord.of(
        options.links().profileName(matrix()),
        options.links().backend(),
        requested,
        measured,
        claims,
        backend.claims().cannotClaim());
  }

  /** What of the links is not as it was asked for, one line for each such link. */
  public List<String> linkDeviations() {
    return check.deviations();
  }

  private synchronized RegionProcess process(String region) {
    return processes.get(description.region(region).name());
  }

  /** Whether the process of a region runs. */
  public boolean runs(String region) {
    return process(region).isAlive();
  }

  /** Process ids by region. */
  public synchronized Map<String, Long> pids() {
    Map<String, Long> pids = new LinkedHashMap<>();
    processes.forEach((region, process) -> pids.put(region, process.pid()));
    return pids;
  }

  /** {@code kill -9}. */
  public void kill(String region) throws IOException {
    process(region).kill();
  }

  /** Stops a region where it stands, by SIGSTOP. */
  public void pause(String region) throws IOException {
    process(region).signal("STOP");
  }

  /** Lets a region that was paused go on. */
  public void resume(String region) throws IOException {
    process(region).signal("CONT");
  }

  /**
   * Starts a region again that was killed; comes back when it accepts calls.
   *
   * @throws IllegalStateException if its log was on the heap: it has forgotten entries that it had
   *     acknowledged, and by voting it could make all others forget them
   */
  public void restart(String region) throws IOException {
    if (!options.durableLog()) {
      throw new IllegalStateException(
          "region " + region + " cannot come back: its log was in memory; accepted: log durable");
    }
    launch(region).awaitListening(START_SECONDS);
  }

  private void closeQuietly() {
    try {
      close();
    } catch (IOException e) {
      System.err.println("a cluster did not end cleanly: " + e.getMessage());
    }
  }

  @Override
  public synchronized void close() throws IOException {
    IOException failure = null;
    processes.values().forEach(RegionProcess::end);
    for (RegionProcess process : processes.values()) {
      try {
        process.kill();
      } catch (IOException e) {
        failure = e;
      }
    }
    processes.clear();
    links.close();
    scratch.close();
    if (failure != null) {
      throw failure;
    }
  }
}
