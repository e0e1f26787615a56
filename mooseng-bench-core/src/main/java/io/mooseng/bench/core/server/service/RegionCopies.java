package io.mooseng.bench.core.server.service;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.server.chunk.StoredChunk;
import io.mooseng.bench.core.server.chunk.UnknownChunkException;
import io.mooseng.bench.core.server.namespace.Namespace;
import io.mooseng.bench.proto.ChunkTransferResult;
import io.mooseng.bench.proto.XRegionDataResponse;
import java.io.IOException;
import java.lang.System.Logger;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Copies chunks of this server to other regions: to each region one transfer at a time, in a thread
 * of its own; those of a higher priority first. Chunks that are to be copied after the
 * acknowledgement of their write are tried again until they have arrived or are gone.
 *
 * <p>Safe for use by any number of threads.
 */
public final class RegionCopies implements AutoCloseable {

  private static final Logger LOG = System.getLogger(RegionCopies.class.getName());
  private static final int BACKGROUND = -1;
  private static final long FIRST_PAUSE_MILLIS = 100;
  private static final long LONGEST_PAUSE_MILLIS = 5_000;
  private static final long CLOSE_MILLIS = 5_000;

  /** One transfer that waits. */
  private record Job(
      long number,
      List<Long> chunkIds,
      int priority,
      long limitMbps,
      RegionTransfer.Progress progress,
      CompletableFuture<XRegionDataResponse> result) {

    boolean background() {
      return priority == BACKGROUND;
    }
  }

  private final ChunkStore store;
  private final Namespace namespace;
  private final ServerDirectory servers;
  private final ChainChannels channels;
  private final Map<String, Worker> workers = new HashMap<>();
  private final AtomicLong jobs = new AtomicLong();
  private boolean closed;

  public RegionCopies(
      ChunkStore store, Namespace namespace, ServerDirectory servers, ChainChannels channels) {
    this.store = store;
    this.namespace = namespace;
    this.servers = servers;
    this.channels = channels;
  }

  /** Copies a chunk, whose write is about to be acknowledged, to wherever it belongs. */
  void copyLater(long chunkId) {
    for (String region : namespace.regionsCopiedTo()) {
      worker(region).ifPresent(worker -> worker.addInBackground(chunkId));
    }
  }

  /**
   * Copies chunks to a region.
   *
   * @param priority unsigned; what waits with a higher one goes first
   * @param limitMbps millions of bits per second at most; 0: as fast as it goes
   * @return what became of each chunk; fails if the region is not known, cannot be reached, or if a
   *     chunk is not stored here
   */
  CompletableFuture<XRegionDataResponse> copy(
      String region,
      List<Long> chunkIds,
      int priority,
      long limitMbps,
      RegionTransfer.Progress progress) {
    Optional<Worker> worker = worker(region);
    if (worker.isEmpty()) {
      throw Statuses.invalid(
          "region '%s' is not accepted; accepted: %s"
              .formatted(region, String.join(", ", servers.otherRegions())));
    }
    Job job =
        new Job(
            jobs.incrementAndGet(),
            List.copyOf(chunkIds),
            Math.max(0, priority),
            limitMbps,
            progress,
            new CompletableFuture<>());
    worker.get().add(job);
    return job.result();
  }

  /**
   * How many chunks wait, or are on their way, by region; none for one that nothing was sent to.
   */
  public synchronized Map<String, Integer> pending() {
    Map<String, Integer> pending = new LinkedHashMap<>();
    workers.forEach((region, worker) -> pending.put(region, worker.pending()));
    return pending;
  }

  private synchronized Optional<Worker> worker(String region) {
    if (closed) {
      return Optional.empty();
    }
    Worker known = workers.get(region);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Worker> made = servers.addressOf(region).map(at -> new Worker(region, at));
    made.ifPresent(worker -> workers.put(region, worker));
    return made;
  }

  @Override
  public void close() {
    List<Worker> all;
    synchronized (this) {
      closed = true;
      all = new ArrayList<>(workers.values());
    }
    all.forEach(Worker::end);
  }

  /** What goes to one region. */
  private final class Worker {
    private final String address;
    private final PriorityQueue<Job> waiting =
        new PriorityQueue<>(
            Comparator.comparingInt((Job job) -> -job.priority()).thenComparing(Job::number));
    private final Set<Long> waitingInBackground = new HashSet<>();
    private final Thread thread;
    private int underWay;
    private boolean ended;

    Worker(String region, String address) {
      this.address = address;
      this.thread = new Thread(this::work, "copies-to-" + region);
      thread.setDaemon(true);
      thread.start();
    }

    /** A chunk that waits already will be sent as it is then, so it need not wait twice. */
    synchronized void addInBackground(long chunkId) {
      if (waitingInBackground.add(chunkId)) {
        add(
            new Job(
                jobs.incrementAndGet(),
                List.of(chunkId),
                BACKGROUND,
                0,
                (chunk, bytes) -> {},
                new CompletableFuture<>()));
      }
    }

    synchronized void add(Job job) {
      waiting.add(job);
      notifyAll();
    }

    synchronized int pending() {
      return underWay + waiting.stream().mapToInt(job -> job.chunkIds().size()).sum();
    }

    private synchronized Job next() throws InterruptedException {
      underWay = 0;
      while (waiting.isEmpty()) {
        wait();
      }
      Job job = waiting.poll();
      underWay = job.chunkIds().size();
      if (job.background()) {
        waitingInBackground.removeAll(job.chunkIds());
      }
      return job;
    }

    private void work() {
      long pauseMillis = FIRST_PAUSE_MILLIS;
      try {
        while (!ended()) {
          Job job = next();
          boolean arrived = perform(job);
          if (arrived || !job.background()) {
            pauseMillis = FIRST_PAUSE_MILLIS;
          } else if (isWanted(job.chunkIds().get(0))) {
            Thread.sleep(pauseMillis);
            pauseMillis = Math.min(2 * pauseMillis, LONGEST_PAUSE_MILLIS);
            addInBackground(job.chunkIds().get(0));
          }
        }
      } catch (InterruptedException e) {
        // The server closes.
      }
    }

    private synchronized boolean ended() {
      return ended;
    }

    private boolean perform(Job job) throws InterruptedException {
      try {
        List<StoredChunk> chunks = new ArrayList<>();
        for (long chunkId : job.chunkIds()) {
          chunks.add(store.find(chunkId).orElseThrow(() -> new UnknownChunkException(chunkId)));
        }
        XRegionDataResponse response =
            RegionTransfer.send(
                channels.channel(address),
                servers.region().getRegionId(),
                job.number(),
                store,
                chunks,
                job.limitMbps(),
                job.progress());
        job.result().complete(response);
        response.getResultsList().stream()
            .filter(result -> !result.getSuccess())
            .findFirst()
            .ifPresent(this::tell);
        return response.getSuccess();
      } catch (IOException | RuntimeException e) {
        StatusRuntimeException status = Statuses.of(e);
        LOG.log(Logger.Level.DEBUG, () -> thread.getName() + ": " + status.getMessage());
        job.result().completeExceptionally(status);
        return false;
      } catch (InterruptedException e) {
        job.result()
            .completeExceptionally(
                Status.UNAVAILABLE.withDescription("the server closes").asRuntimeException());
        throw e;
      }
    }

    private void tell(ChunkTransferResult result) {
      LOG.log(
          Logger.Level.DEBUG,
          () ->
              thread.getName()
                  + ": chunk "
                  + Long.toUnsignedString(result.getChunkId())
                  + ": "
                  + result.getError());
    }

    /** Whether it is still here, and of a file, as far as this server knows. */
    private boolean isWanted(long chunkId) {
      if (store.find(chunkId).isEmpty()) {
        return false;
      }
      try {
        return namespace.view().join().chunk(chunkId).isPresent();
      } catch (RuntimeException e) {
        return true; // nobody knows now
      }
    }

    void end() {
      List<Job> left;
      synchronized (this) {
        ended = true;
        left = new ArrayList<>(waiting);
        waiting.clear();
      }
      thread.interrupt();
      left.forEach(
          job ->
              job.result()
                  .completeExceptionally(
                      Status.UNAVAILABLE
                          .withDescription("the server closes")
                          .asRuntimeException()));
      try {
        thread.join(CLOSE_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
