package io.mooseng.bench.core.link.profile;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The links one after the other from a client to a server.
 *
 * @param name what results call it; of a single link the name of its profile
 * @param hops from the client on; at least one
 */
public record LinkPath(String name, List<Hop> hops) {

  /** The node where the clients of a run are. */
  public static final String CLIENT = "client";

  /** The node where the servers of a run are. */
  public static final String SERVER = "server";

  /**
   * One link.
   *
   * @param from the node nearer to the client
   * @param to the node nearer to the server
   * @param profile outbound is from {@code from} to {@code to}
   */
  public record Hop(String from, String to, LinkProfile profile) {}

  public LinkPath {
    hops = List.copyOf(hops);
    if (hops.isEmpty()) {
      throw new IllegalArgumentException("a path has at least one link");
    }
    for (int i = 1; i < hops.size(); i++) {
      if (!hops.get(i).from().equals(hops.get(i - 1).to())) {
        throw new IllegalArgumentException("the links of path " + name + " do not meet: " + hops);
      }
    }
  }

  /** A client and a server with one link between them. */
  public static LinkPath of(LinkProfile profile) {
    return new LinkPath(profile.name(), List.of(new Hop(CLIENT, SERVER, profile)));
  }

  /** What is asked of one direction, link by link, in the words of a profile. */
  public String describe(boolean outbound) {
    return hops.stream()
        .map(hop -> outbound ? hop.profile().outbound() : hop.profile().inbound())
        .map(OneWay::describe)
        .collect(Collectors.joining(" + "));
  }

  /** Where the numbers come from. */
  public String source() {
    return hops.stream()
        .map(hop -> hop.profile().source())
        .distinct()
        .collect(Collectors.joining(" + "));
  }

  /** The delays of all links, there and back. */
  public Duration rtt() {
    return hops.stream().map(hop -> hop.profile().rtt()).reduce(Duration.ZERO, Duration::plus);
  }

  /** What is asked for on any link that a backend has to be able to do. */
  public Set<LinkEffect> effects() {
    Set<LinkEffect> effects = EnumSet.noneOf(LinkEffect.class);
    hops.forEach(hop -> effects.addAll(hop.profile().effects()));
    return effects;
  }
}
