package io.mooseng.bench.multiregion.client;

import io.mooseng.bench.proto.ChunkDetail;
import io.mooseng.bench.proto.RegionStatusAnswer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Sees when what was written in one region arrives in others: asks them again and again, beside the
 * links, so a time is late by up to a pause and a call. Used by one thread.
 */
public final class ArrivalWatch {

  /**
   * When a file had arrived, in nanoseconds after its acknowledgement; a region that it did not
   * arrive in is missing.
   *
   * @param knownNanos by region: it had applied all that the writing region had at that time
   * @param heldNanos by region: it stored all chunks of the file
   */
  public record Arrivals(Map<String, Long> knownNanos, Map<String, Long> heldNanos) {}

  private final ClusterWatch watch;
  private final String source;
  private final long pauseNanos;
  private long lastChunk;

  /**
   * @param source where files are written, by one client
   * @param pause between two looks
   */
  public ArrivalWatch(ClusterWatch watch, String source, Duration pause) {
    this.watch = watch;
    this.source = source;
    this.pauseNanos = pause.toNanos();
  }

  /** What is stored in the source now is of no interest. */
  public void skipWhatIsThere() {
    newChunks();
  }

  /** Chunks that have come to the source since the last look; ids only grow. */
  private Collection<ChunkDetail> newChunks() {
    List<ChunkDetail> fresh =
        watch.chunks(source).orElse(Map.of()).values().stream()
            .filter(chunk -> chunk.getChunkId() > lastChunk)
            .toList();
    fresh.forEach(chunk -> lastChunk = Math.max(lastChunk, chunk.getChunkId()));
    return fresh;
  }

  /**
   * Waits until a file that has just been written is everywhere.
   *
   * @param acknowledgedNanos when its write was acknowledged, by {@link System#nanoTime}
   * @param informed regions that are to know it
   * @param copied regions that are to have its bytes
   */
  public Arrivals await(
      long acknowledgedNanos, List<String> informed, List<String> copied, Duration atMost) {
    long index = applied(source);
    Collection<ChunkDetail> chunks = copied.isEmpty() ? List.of() : newChunks();
    Map<String, Long> known = new LinkedHashMap<>();
    Map<String, Long> held = new LinkedHashMap<>();
    while (known.size() < informed.size() || held.size() < copied.size()) {
      for (String region : informed) {
        if (!known.containsKey(region) && applied(region) >= index) {
          known.put(region, System.nanoTime() - acknowledgedNanos);
        }
      }
      for (String region : copied) {
        if (!held.containsKey(region) && watch.holds(region, chunks)) {
          held.put(region, System.nanoTime() - acknowledgedNanos);
        }
      }
      if (System.nanoTime() - acknowledgedNanos > atMost.toNanos()) {
        break;
      }
      LockSupport.parkNanos(pauseNanos);
    }
    return new Arrivals(known, held);
  }

  private long applied(String region) {
    return watch.status(region).map(RegionStatusAnswer::getAppliedIndex).orElse(-1L);
  }
}
