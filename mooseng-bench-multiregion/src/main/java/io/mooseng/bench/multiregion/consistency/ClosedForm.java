package io.mooseng.bench.multiregion.consistency;

import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.cluster.RttMatrix;

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
   *
   * @param lease whether the leader may rely on its lease
   */
  public static long readNanos(
      RttMatrix matrix, String client, String leader, ConsistencyModel model, boolean lease) {
    return switch (model) {
      case LINEARIZABLE ->
          matrix.rttNanos(client, leader) + (lease ? 0 : matrix.quorumNanos(leader));
      case LEADER_LOCAL -> matrix.rttNanos(client, leader);
      case FOLLOWER_STALE, BOUNDED_STALENESS, READ_YOUR_WRITES, MONOTONIC -> 0;
    };
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
