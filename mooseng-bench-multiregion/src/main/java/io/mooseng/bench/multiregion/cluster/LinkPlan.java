package io.mooseng.bench.multiregion.cluster;

import io.mooseng.bench.core.link.profile.LinkEffect;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.OneWay;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How links between regions are emulated.
 *
 * @param backend {@value #RELAY}, above TCP, or {@value #TUN}, packet by packet
 * @param conditions besides distance: jitter, losses, a rate; their delay is not used
 * @param runId short id of the run, lower-case letters and digits
 * @param seed decides on what is left to chance
 */
public record LinkPlan(String backend, Optional<LinkProfile> conditions, String runId, long seed) {

  public static final String RELAY = "relay";
  public static final String TUN = "tun";

  /** What the matrix says; a profile that asks for nothing else changes nothing. */
  private static final Set<LinkEffect> DISTANCE = Set.of(LinkEffect.DELAY);

  /** Distances alone, by relays. */
  public static final LinkPlan DISTANCES = new LinkPlan(RELAY, Optional.empty(), "regions", 1);

  public LinkPlan {
    if (!List.of(RELAY, TUN).contains(backend)) {
      throw new IllegalArgumentException(
          "backend '%s' does not join regions; accepted: %s, %s".formatted(backend, RELAY, TUN));
    }
  }

  /**
   * The plan for the conditions of a path.
   *
   * @throws IllegalArgumentException if the path has more than one link
   */
  public static LinkPlan of(String backend, Optional<LinkPath> path, String runId, long seed) {
    if (path.filter(hops -> hops.hops().size() > 1).isPresent()) {
      throw new IllegalArgumentException(
          "network '%s' is a topology: regions have links of their own; accepted: a profile"
              .formatted(path.get().name()));
    }
    Optional<LinkProfile> conditions =
        path.filter(hops -> !DISTANCE.containsAll(hops.effects()))
            .map(hops -> hops.hops().get(0).profile());
    return new LinkPlan(backend, conditions, runId, seed);
  }

  /** As results call the conditions, together with the distances. */
  public String profileName(RttMatrix matrix) {
    return matrix.name() + conditions.map(profile -> "+" + profile.name()).orElse("");
  }

  /**
   * What goes from one region to another: the distance of the matrix, and the conditions. Regions
   * that come first in the matrix are the clients of a profile.
   *
   * @throws IllegalArgumentException if the distance is too short for the jitter of the conditions
   */
  OneWay way(RttMatrix matrix, String from, String to) {
    if (conditions.isEmpty()) {
      return OneWay.delayed(matrix.oneWay(from, to));
    }
    boolean outbound = matrix.regions().indexOf(from) < matrix.regions().indexOf(to);
    OneWay asked = outbound ? conditions.get().outbound() : conditions.get().inbound();
    return new OneWay(
        matrix.oneWay(from, to),
        asked.jitter(),
        asked.loss(),
        asked.bottleneck(),
        asked.reorder(),
        asked.duplicate(),
        asked.corrupt());
  }
}
