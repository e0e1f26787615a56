package io.mooseng.bench.core.link.proof;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a link was measured to do.
 *
 * @param rttNanos round trips of one byte over an open connection, ascending; at least one
 * @param connectNanos how long a TCP connect took, the shortest of some
 * @param firstAnswerNanos from the start of a connect to the first byte that was answered, the
 *     shortest of some
 * @param outbound what was measured from the client to the server
 * @param inbound and back
 */
public record LinkMeasurement(
    long[] rttNanos, long connectNanos, long firstAnswerNanos, Way outbound, Way inbound) {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BITS_PER_MBIT = 1e6;

  /**
   * One direction.
   *
   * @param bitsPerSecond of IP packets; empty if no rate was asked for
   * @param loss empty if none was measured
   */
  public record Way(Optional<Double> bitsPerSecond, Optional<LossCount> loss) {

    /** Nothing was measured. */
    static final Way NONE = new Way(Optional.empty(), Optional.empty());
  }

  public LinkMeasurement {
    rttNanos = rttNanos.clone();
    Arrays.sort(rttNanos);
    if (rttNanos.length == 0) {
      throw new IllegalArgumentException("a link is measured by one round trip or more");
    }
  }

  @Override
  public long[] rttNanos() {
    return rttNanos.clone();
  }

  /** How many round trips were measured. */
  public int pings() {
    return rttNanos.length;
  }

  /** The shortest round trip. */
  public long rttMinNanos() {
    return rttNanos[0];
  }

  /**
   * A percentile of the round trips by nearest rank: with fewer than 100 the 99th is the largest.
   */
  public long rttNanos(int percent) {
    return rttNanos[Math.max(1, (rttNanos.length * percent + 99) / 100) - 1];
  }

  /** How far half of the round trips lie apart: the distance of the quartiles. */
  public long rttSpreadNanos() {
    return rttNanos(75) - rttNanos(25);
  }

  /** As it is stored with results; names carry their unit. */
  public Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("pings", pings());
    map.put("rttMinMillis", rttMinNanos() / NANOS_PER_MILLI);
    map.put("rttP50Millis", rttNanos(50) / NANOS_PER_MILLI);
    map.put("rttP99Millis", rttNanos(99) / NANOS_PER_MILLI);
    map.put("connectMillis", connectNanos / NANOS_PER_MILLI);
    map.put("firstAnswerMillis", firstAnswerNanos / NANOS_PER_MILLI);
    put(map, "outbound", outbound);
    put(map, "inbound", inbound);
    return map;
  }

  private static void put(Map<String, Object> map, String name, Way way) {
    way.bitsPerSecond().ifPresent(rate -> map.put(name + "RateMbit", rate / BITS_PER_MBIT));
    way.loss()
        .ifPresent(
            loss -> {
              map.put(name + "LossShare", loss.share());
              map.put(name + "PacketsSent", loss.sent());
            });
  }
}
