package io.mooseng.bench.multiregion.cluster;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.OneWay;
import io.mooseng.bench.core.link.relay.RelayBackend;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The emulated links of a cluster on this machine, two for each pair of regions: one for what each
 * of them dials. Everything between regions crosses them, of servers and of clients. Safe for use
 * by any number of threads.
 */
public final class ClusterLinks implements AutoCloseable {

  private record Pair(String from, String to) {}

  private final Map<Pair, EmulatedNetwork> links = new LinkedHashMap<>();
  private final Map<Pair, LinkFault> faults = new LinkedHashMap<>();

  private ClusterLinks() {}

  /**
   * Opens all links.
   *
   * @param seed of what is left to chance
   * @throws IOException if one cannot be had; then none is left
   */
  static ClusterLinks open(RttMatrix matrix, long seed) throws IOException {
    LinkBackend backend = new RelayBackend();
    ClusterLinks links = new ClusterLinks();
    try {
      for (String from : matrix.regions()) {
        for (String to : matrix.regions()) {
          if (!from.equals(to)) {
            LinkProfile profile =
                new LinkProfile(
                    from + "-" + to,
                    OneWay.delayed(matrix.oneWay(from, to)),
                    OneWay.delayed(matrix.oneWay(to, from)),
                    matrix.source());
            LinkRequest request =
                new LinkRequest(LinkPath.of(profile), seed + links.links.size(), "regions");
            links.links.put(new Pair(from, to), backend.open(request));
          }
        }
      }
      return links;
    } catch (IOException e) {
      links.close();
      throw e;
    }
  }

  /** How every region reaches every other one, as a description of a cluster says it. */
  Map<String, Map<String, Region>> via(Iterable<Region> regions) throws IOException {
    Map<String, Map<String, Region>> via = new LinkedHashMap<>();
    for (Map.Entry<Pair, EmulatedNetwork> link : links.entrySet()) {
      for (Region region : regions) {
        if (region.name().equals(link.getKey().to())) {
          via.computeIfAbsent(link.getKey().from(), from -> new LinkedHashMap<>())
              .put(region.name(), behind(link.getValue(), region));
        }
      }
    }
    return via;
  }

  private static Region behind(EmulatedNetwork link, Region region) throws IOException {
    InetSocketAddress served = link.reach(new InetSocketAddress(region.host(), region.port()));
    InetSocketAddress raft = link.reach(new InetSocketAddress(region.host(), region.raftPort()));
    return new Region(
        region.name(), served.getAddress().getHostAddress(), served.getPort(), raft.getPort());
  }

  /**
   * Breaks or mends what goes from one region to another; the way back is as it was.
   *
   * @throws IllegalArgumentException if there are no such regions
   */
  public synchronized void disturb(String from, String to, LinkFault fault) {
    if (!links.containsKey(new Pair(from, to))) {
      throw new IllegalArgumentException("there is no link from '" + from + "' to '" + to + "'");
    }
    faults.put(new Pair(from, to), fault);
    apply(from, to);
    apply(to, from);
  }

  /**
   * What {@code from} has dialled carries its own bytes outbound, and those of the other inbound.
   */
  private void apply(String from, String to) {
    links
        .get(new Pair(from, to))
        .disturb(
            faults.getOrDefault(new Pair(from, to), LinkFault.NONE),
            faults.getOrDefault(new Pair(to, from), LinkFault.NONE));
  }

  /** Breaks or mends everything between a region and all others, in both directions. */
  public synchronized void isolate(String region, LinkFault fault) {
    for (Pair pair : links.keySet()) {
      if (pair.from().equals(region) || pair.to().equals(region)) {
        disturb(pair.from(), pair.to(), fault);
      }
    }
  }

  @Override
  public synchronized void close() throws IOException {
    IOException failure = null;
    for (EmulatedNetwork link : links.values()) {
      try {
        link.close();
      } catch (IOException e) {
        failure = e;
      }
    }
    links.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
