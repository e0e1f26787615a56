package io.mooseng.bench.core.link.profile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Nodes and the links between them. Immutable.
 *
 * @param name what results call it
 * @param shape how the nodes are joined
 * @param nodes by name, in the order the user gave them; those a shape adds come last
 * @param links each once, seen from one of its ends
 */
public record Topology(
    String name, TopologyShape shape, List<String> nodes, List<LinkPath.Hop> links) {

  public Topology {
    nodes = List.copyOf(nodes);
    links = List.copyOf(links);
    Set<String> known = new LinkedHashSet<>(nodes);
    if (known.size() < nodes.size()) {
      throw new IllegalArgumentException("nodes " + nodes + ": accepted: each name once");
    }
    for (LinkPath.Hop link : links) {
      if (!known.contains(link.from()) || !known.contains(link.to())) {
        throw new IllegalArgumentException(
            "link %s-%s: accepted: nodes of %s".formatted(link.from(), link.to(), nodes));
      }
    }
  }

  /**
   * The way with the fewest links from one node to another.
   *
   * @throws IllegalArgumentException if a node is unknown, or none leads to the other
   */
  public LinkPath path(String from, String to) {
    requireNode(from);
    requireNode(to);
    Map<String, LinkPath.Hop> reachedBy = new LinkedHashMap<>();
    Deque<String> open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty() && !reachedBy.containsKey(to)) {
      String node = open.poll();
      for (LinkPath.Hop hop : hopsFrom(node)) {
        if (!hop.to().equals(from) && reachedBy.putIfAbsent(hop.to(), hop) == null) {
          open.add(hop.to());
        }
      }
    }
    if (!reachedBy.containsKey(to)) {
      throw new IllegalArgumentException("no way from '%s' to '%s'".formatted(from, to));
    }
    List<LinkPath.Hop> hops = new ArrayList<>();
    for (String node = to; !node.equals(from); node = hops.get(hops.size() - 1).from()) {
      hops.add(reachedBy.get(node));
    }
    Collections.reverse(hops);
    return new LinkPath(name, hops);
  }

  private void requireNode(String node) {
    if (!nodes.contains(node)) {
      throw new IllegalArgumentException(
          "'%s' is not a node; accepted: %s".formatted(node, String.join(", ", nodes)));
    }
  }

  private List<LinkPath.Hop> hopsFrom(String node) {
    List<LinkPath.Hop> hops = new ArrayList<>();
    for (LinkPath.Hop link : links) {
      if (link.from().equals(node)) {
        hops.add(link);
      } else if (link.to().equals(node)) {
        hops.add(new LinkPath.Hop(link.to(), link.from(), link.profile().reversed()));
      }
    }
    return hops;
  }
}
