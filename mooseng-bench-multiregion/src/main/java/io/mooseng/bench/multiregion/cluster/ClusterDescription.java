package io.mooseng.bench.multiregion.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The regions of a cluster and how they agree. Every region is started from the same description.
 *
 * @param name of the cluster; regions of another one are strangers
 * @param durableLog whether a region forces its log to disk before it counts as having an entry; if
 *     not, the log is on the heap, and a region that was killed must not come back
 * @param leaderLease whether a leader answers linearizable reads by its lease, without asking
 *     others
 * @param transactions whether there are two shards for transactions besides the namespace
 * @param electionLeast a region that hears nothing for this long or longer may ask for votes
 * @param electionMost and does after this long at most
 * @param regions all of them, in order
 * @param replicas which regions get a copy of every chunk that is written in a region, in the order
 *     of the chain; none where a region is missing
 * @param copiesFirst whether those copies are there before the write is acknowledged; if not, they
 *     are made afterwards, and not in a chain
 * @param via how a region reaches another one, if not at its own address: by the region that dials,
 *     then by the other one
 * @param clients the address to which clients bind that stand in a region, where it matters
 */
public record ClusterDescription(
    String name,
    boolean durableLog,
    boolean leaderLease,
    boolean transactions,
    Duration electionLeast,
    Duration electionMost,
    List<Region> regions,
    Map<String, List<String>> replicas,
    boolean copiesFirst,
    Map<String, Map<String, Region>> via,
    Map<String, String> clients) {

  public ClusterDescription {
    Objects.requireNonNull(name);
    regions = List.copyOf(regions);
    via = Map.copyOf(via);
    clients = Map.copyOf(clients);
    replicas = Map.copyOf(replicas);
    if (electionLeast.toMillis() < 1 || electionMost.compareTo(electionLeast) <= 0) {
      throw new IllegalArgumentException(
          "elections from %s to %s are not accepted; accepted: from 1ms on, to more than that"
              .formatted(electionLeast, electionMost));
    }
  }

  /** The region of this name. */
  public Region region(String wanted) {
    return regions.stream()
        .filter(region -> region.name().equals(wanted))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no region '%s' in the cluster; accepted: %s"
                        .formatted(wanted, String.join(", ", names()))));
  }

  /** The names of all regions, in order. */
  public List<String> names() {
    return regions.stream().map(Region::name).toList();
  }

  /** Ids of servers count from 1, in order of the regions. */
  public long serverId(String region) {
    return 1 + names().indexOf(region(region).name());
  }

  /** Where {@code from} dials to reach {@code to}. */
  public Region reached(String from, String to) {
    return via.getOrDefault(from, Map.of()).getOrDefault(to, region(to));
  }
}
