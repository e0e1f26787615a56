package io.mooseng.bench.multiregion.client;

import io.grpc.StatusRuntimeException;
import io.mooseng.bench.multiregion.cluster.RegionCluster;
import io.mooseng.bench.proto.ChunkDetail;
import io.mooseng.bench.proto.ChunkServerServiceGrpc;
import io.mooseng.bench.proto.GetChunkInfoRequest;
import io.mooseng.bench.proto.LeadershipTransfer;
import io.mooseng.bench.proto.ListChunksRequest;
import io.mooseng.bench.proto.ListChunksResponse;
import io.mooseng.bench.proto.RegionStatusAnswer;
import io.mooseng.bench.proto.RegionStatusRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * Asks every region how it is, beside the links and without their delays: what an observer who is
 * everywhere at once sees. Safe for use by any number of threads.
 */
public final class ClusterWatch implements AutoCloseable {

  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long POLL_MILLIS = 20;
  private static final int PAGE = 1_000;

  private final RegionCluster cluster;
  private final InstantSource wallClock;
  private final Map<String, RegionChannels> channels = new LinkedHashMap<>();

  /** Watches a cluster. */
  public ClusterWatch(RegionCluster cluster) {
    this(cluster, InstantSource.system());
  }

  /**
   * Watches a cluster.
   *
   * @param wallClock of this process
   */
  public ClusterWatch(RegionCluster cluster, InstantSource wallClock) {
    this.cluster = cluster;
    this.wallClock = wallClock;
    for (String region : cluster.description().names()) {
      channels.put(region, new RegionChannels(cluster.description(), region));
    }
  }

  /** What a region says of itself; empty if it does not answer. */
  public Optional<RegionStatusAnswer> status(String region) {
    try {
      channels.get(region).reconnect(region);
      return Optional.of(
          channels
              .get(region)
              .stub(region, ANSWER_NANOS)
              .status(RegionStatusRequest.getDefaultInstance())
              .get());
    } catch (ExecutionException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }

  /** How far wall clocks of regions are apart, of those that answer. */
  public WallClocks wallClocks() {
    Map<String, WallClocks.Offset> offsets = new LinkedHashMap<>();
    long ahead = wallMicros() - steadyMicros();
    for (String region : channels.keySet()) {
      status(region); // connects
      // By the steady clock, lest the wall clock jumps while somebody is asked.
      long asked = steadyMicros() + ahead;
      long start = System.nanoTime();
      status(region)
          .ifPresent(
              told ->
                  offsets.put(
                      region,
                      WallClocks.Offset.of(
                          asked, System.nanoTime() - start, told.getWallClockMicros())));
    }
    return new WallClocks(steadyMicros(), ahead, offsets);
  }

  private long wallMicros() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, wallClock.instant());
  }

  private static long steadyMicros() {
    return TimeUnit.NANOSECONDS.toMicros(System.nanoTime());
  }

  /** The chunks that a region stores, all of them; empty if it does not answer. */
  Optional<Map<Long, ChunkDetail>> chunks(String region) {
    Map<Long, ChunkDetail> chunks = new LinkedHashMap<>();
    ListChunksResponse page;
    long offset = 0;
    try {
      do {
        page =
            ChunkServerServiceGrpc.newBlockingStub(channels.get(region).channel(region))
                .withDeadlineAfter(ANSWER_NANOS, TimeUnit.NANOSECONDS)
                .listChunks(
                    ListChunksRequest.newBuilder().setOffset(offset).setLimit(PAGE).build());
        page.getChunksList().forEach(chunk -> chunks.put(chunk.getChunkId(), chunk));
        offset = page.getNextOffset();
      } while (page.getHasMore());
    } catch (StatusRuntimeException e) {
      return Optional.empty();
    }
    return Optional.of(chunks);
  }

  /** Whether a region stores all these chunks, in their versions or newer ones. */
  boolean holds(String region, Collection<ChunkDetail> wanted) {
    try {
      List<ChunkDetail> stored =
          ChunkServerServiceGrpc.newBlockingStub(channels.get(region).channel(region))
              .withDeadlineAfter(ANSWER_NANOS, TimeUnit.NANOSECONDS)
              .getChunkInfo(
                  GetChunkInfoRequest.newBuilder()
                      .addAllChunkIds(wanted.stream().map(ChunkDetail::getChunkId).toList())
                      .build())
              .getChunksList();
      return wanted.stream()
          .allMatch(
              chunk ->
                  stored.stream()
                      .anyMatch(
                          here ->
                              here.getChunkId() == chunk.getChunkId()
                                  && Integer.compareUnsigned(here.getVersion(), chunk.getVersion())
                                      >= 0));
    } catch (StatusRuntimeException e) {
      return false;
    }
  }

  /** The region that leads with the highest term and is ready to; empty if there is none. */
  public Optional<RegionStatusAnswer> leader() {
    Optional<RegionStatusAnswer> leader = Optional.empty();
    for (String region : channels.keySet()) {
      Optional<RegionStatusAnswer> status = status(region);
      if (status.isPresent()
          && status.get().getRole().equals("LEADER")
          && status.get().getReady()
          && leader.map(RegionStatusAnswer::getTerm).orElse(-1L) < status.get().getTerm()) {
        leader = status;
      }
    }
    return leader;
  }

  /**
   * Waits until one region leads and all that answer follow it.
   *
   * @return the leader
   * @throws IOException if that does not happen in time
   */
  public String awaitLeader(Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() < end) {
      Optional<RegionStatusAnswer> leader = leader();
      if (leader.isPresent() && followed(leader.get().getRegion())) {
        return leader.get().getRegion();
      }
      pause("regions elected a leader");
    }
    throw new IOException("no region leads the others after " + atMost.toMillis() + " ms");
  }

  private boolean followed(String leader) {
    return channels.keySet().stream()
        .filter(cluster::runs)
        .allMatch(region -> status(region).filter(s -> s.getLeader().equals(leader)).isPresent());
  }

  /**
   * Moves the leadership to a region, if it is not there; comes back when it is. Another region may
   * win the election that this takes; then it is asked for again.
   *
   * @throws IOException if it does not move in time
   */
  public void lead(String region, Duration atMost) throws IOException {
    long end = System.nanoTime() + atMost.toNanos();
    String leader = awaitLeader(atMost);
    while (!leader.equals(region)) {
      Duration left = Duration.ofNanos(end - System.nanoTime());
      try {
        transfer(leader, region, left);
      } catch (ExecutionException e) {
        if (System.nanoTime() >= end) {
          throw new IOException(
              "the leadership did not move to " + region + ": " + e.getCause().getMessage(), e);
        }
        pause("the leadership moved");
      }
      if (System.nanoTime() >= end) {
        throw new IOException("the leadership was not in " + region + " in time");
      }
      leader = awaitLeader(Duration.ofNanos(end - System.nanoTime()));
    }
  }

  private void transfer(String leader, String region, Duration atMost)
      throws IOException, ExecutionException {
    LeadershipTransfer transfer =
        LeadershipTransfer.newBuilder()
            .setRegion(region)
            .setTimeoutMillis((int) atMost.toMillis())
            .build();
    try {
      Futures.of(channels.get(leader).stub(leader, atMost.toNanos()).transferLeadership(transfer))
          .get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  private static void pause(String until) throws IOException {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted before " + until, e);
    }
  }

  @Override
  public void close() {
    channels.values().forEach(RegionChannels::close);
  }
}
