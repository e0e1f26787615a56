package io.mooseng.bench.multiregion.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Round-trip times between regions, as measured from either end; the two ends need not agree.
 * Immutable.
 *
 * @param name what results call it
 * @param source where the numbers come from, with their date
 * @param regions 2 to 7, in order
 * @param rtts by the region that measured, then the other one; every pair has both
 */
public record RttMatrix(
    String name, String source, List<String> regions, Map<String, Map<String, Duration>> rtts) {

  /** Fewer are no cluster; more are not one that anybody runs with a quorum in each region. */
  public static final int LEAST_REGIONS = 2;

  public static final int MOST_REGIONS = 7;

  public RttMatrix {
    regions = List.copyOf(regions);
    Objects.requireNonNull(name);
    Objects.requireNonNull(source);
    if (regions.size() < LEAST_REGIONS || regions.size() > MOST_REGIONS) {
      throw new IllegalArgumentException(
          "%d regions are not accepted; accepted: %d to %d"
              .formatted(regions.size(), LEAST_REGIONS, MOST_REGIONS));
    }
    Map<String, Map<String, Duration>> complete = new LinkedHashMap<>();
    for (String from : regions) {
      Map<String, Duration> row = new LinkedHashMap<>();
      for (String to : regions) {
        if (!from.equals(to)) {
          row.put(to, known(rtts, from, to));
        }
      }
      complete.put(from, Map.copyOf(row));
    }
    rtts = Map.copyOf(complete);
  }

  /** What only one end measured holds for both. */
  private static Duration known(Map<String, Map<String, Duration>> rtts, String from, String to) {
    Duration measured = rtts.getOrDefault(from, Map.of()).get(to);
    Duration reverse = rtts.getOrDefault(to, Map.of()).get(from);
    Duration rtt = measured != null ? measured : reverse;
    if (rtt == null || rtt.isNegative()) {
      throw new IllegalArgumentException(
          "the round-trip time between %s and %s is %s; accepted: 0ms or more for every pair"
              .formatted(from, to, rtt == null ? "missing" : rtt));
    }
    return rtt;
  }

  /** The same regions without any distance: what the software itself costs. */
  public RttMatrix withoutDistance() {
    Map<String, Map<String, Duration>> zeros = new LinkedHashMap<>();
    for (String from : regions) {
      Map<String, Duration> row = new LinkedHashMap<>();
      regions.forEach(to -> row.put(to, Duration.ZERO));
      zeros.put(from, row);
    }
    return new RttMatrix(name + "-without-distance", "0 ms by intent", regions, zeros);
  }

  /** From one region to another: half the round-trip time measured there. */
  public Duration oneWay(String from, String to) {
    return rtts.get(from).get(to).dividedBy(2);
  }

  /** There and back, in nanoseconds; 0 within a region. */
  public long rttNanos(String one, String other) {
    return one.equals(other) ? 0 : oneWay(one, other).plus(oneWay(other, one)).toNanos();
  }

  /**
   * How long a leader waits until a majority of regions, itself included, has an entry.
   *
   * @param leader a region
   */
  public long quorumNanos(String leader) {
    List<Long> distances = new ArrayList<>();
    regions.forEach(region -> distances.add(rttNanos(leader, region)));
    distances.sort(null);
    return distances.get(regions.size() / 2);
  }

  /** The longest round trip. */
  public Duration longest() {
    long longest = 0;
    for (String one : regions) {
      for (String other : regions) {
        longest = Math.max(longest, rttNanos(one, other));
      }
    }
    return Duration.ofNanos(longest);
  }

  /** What is strange about it, though it can be emulated; one line each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (regions.size() % 2 == 0) {
      warnings.add(
          "%d regions vote: no more of them can be lost than of %d"
              .formatted(regions.size(), regions.size() - 1));
    }
    for (String from : regions) {
      for (String to : regions) {
        for (String over : regions) {
          long detour = rttNanos(from, over) + rttNanos(over, to);
          if (from.compareTo(to) < 0 && detour > 0 && rttNanos(from, to) > 2 * detour) {
            warnings.add(
                "from %s to %s takes more than twice as long as over %s: is a number wrong?"
                    .formatted(from, to, over));
          }
        }
      }
    }
    return warnings;
  }
}
