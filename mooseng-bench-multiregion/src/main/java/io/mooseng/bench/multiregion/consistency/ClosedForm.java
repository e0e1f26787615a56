package io.mooseng.bench.multiregion.consistency;

import io.mooseng.bench.core.server.chunk.ChunkStore;
import io.mooseng.bench.core.wire.TransportTuning;
import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.cluster.RttMatrix;
import java.util.List;
import java.util.OptionalLong;

/**
 * The latency that distances alone explain, for a cluster in which nothing fails: round trips that
 * the protocols cannot do without. What a measurement has beyond it is the software, the machine,
 * or an error of harness or emulation.
 */
public final class ClosedForm {

  private static final double SHARE = 0.15;
  private static final long NANOS = 15_000_000;

  private ClosedForm() {}

  /** To the leader and back, and from it to as many regions as make a majority. */
  public static long writeNanos(RttMatrix matrix, String client, String leader) {
    return matrix.rttNanos(client, leader) + matrix.quorumNanos(leader);
  }

  /**
   * Of a read after a write that the leader has not yet heard a majority confirm its leadership on.
   * Empty for a client's own writes in a region that does not lead: it has them with the leader's
   * next message, whenever that comes.
   *
   * @param lease whether the leader may rely on its lease
   */
  public static OptionalLong readNanos(
      RttMatrix matrix, String client, String leader, ConsistencyModel model, boolean lease) {
    return switch (model) {
      case LINEARIZABLE ->
          OptionalLong.of(
              matrix.rttNanos(client, leader) + (lease ? 0 : matrix.quorumNanos(leader)));
      case LEADER_LOCAL -> OptionalLong.of(matrix.rttNanos(client, leader));
      case READ_YOUR_WRITES -> client.equals(leader) ? OptionalLong.of(0) : OptionalLong.empty();
      case FOLLOWER_STALE, BOUNDED_STALENESS, MONOTONIC -> OptionalLong.of(0);
    };
  }

  /**
   * Of a new file, written by a client in the region that leads: CreateFile, and for each chunk
   * AllocateChunk and WriteChunk. A server acknowledges a chunk when the master has its report and
   * the next server has acknowledged. A link carries a window of {@value
   * TransportTuning#FLOW_CONTROL_WINDOW_BYTES} bytes at once, and another one for each round trip
   * (RFC 9113, section 5.2); as the headers of messages count, a window does not hold as many bytes
   * of a file. Servers hand on what they get while it comes, so of a chain's links the longest
   * counts. Bytes take no time.
   *
   * @param chain regions that have a copy before the acknowledgement, the one that leads first
   */
  public static long fileNanos(RttMatrix matrix, List<String> chain, long bytes) {
    String leader = chain.get(0);
    long nanos = writeNanos(matrix, leader, leader);
    for (long left = bytes; left > 0; left -= ChunkStore.MAX_CHUNK_BYTES) {
      long chunk = Math.min(left, ChunkStore.MAX_CHUNK_BYTES);
      long waits = chunk / TransportTuning.FLOW_CONTROL_WINDOW_BYTES;
      nanos +=
          writeNanos(matrix, leader, leader)
              + waits * longestLinkNanos(matrix, chain)
              + acknowledgedNanos(matrix, chain, leader);
    }
    return nanos;
  }

  private static long acknowledgedNanos(RttMatrix matrix, List<String> chain, String leader) {
    long nanos = 0;
    for (int i = chain.size() - 1; i >= 0; i--) {
      long rest = i + 1 < chain.size() ? matrix.rttNanos(chain.get(i), chain.get(i + 1)) : 0;
      nanos = Math.max(writeNanos(matrix, chain.get(i), leader), rest + nanos);
    }
    return nanos;
  }

  /** Of two servers that follow each other in a chain; 0 if there is but one. */
  public static long longestLinkNanos(RttMatrix matrix, List<String> chain) {
    long longest = 0;
    for (int i = 1; i < chain.size(); i++) {
      longest = Math.max(longest, matrix.rttNanos(chain.get(i - 1), chain.get(i)));
    }
    return longest;
  }

  /**
   * Of a transaction over two shards: both are prepared at once, the first decides, and the second
   * is told.
   *
   * @param coordinator where the client and its coordinator are
   */
  public static long transactionNanos(
      RttMatrix matrix, String coordinator, String firstLeader, String secondLeader) {
    long first = writeNanos(matrix, coordinator, firstLeader);
    long second = writeNanos(matrix, coordinator, secondLeader);
    return Math.max(first, second) + first + second;
  }

  /**
   * Whether a residual needs an explanation: beyond 15 % of what was expected, if anything was, or
   * beyond 15 ms, or below 0 by more than the resolution of a histogram.
   */
  public static boolean isConspicuous(long expectedNanos, long residualNanos) {
    return residualNanos > NANOS
        || expectedNanos > 0 && residualNanos > SHARE * expectedNanos
        || residualNanos < -expectedNanos / 500;
  }
}
