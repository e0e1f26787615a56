package io.mooseng.bench.multiregion.cluster;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.relay.RelayBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Links above TCP: two for each pair of regions, one for what each of them dials. */
final class RelayLinks extends ClusterLinks {

  private final Map<String, Map<String, EmulatedNetwork>> links = new LinkedHashMap<>();

  private RelayLinks(RttMatrix matrix, LinkPlan plan) {
    super(matrix, plan);
  }

  static RelayLinks open(RttMatrix matrix, LinkPlan plan) throws IOException {
    LinkBackend backend = new RelayBackend();
    RelayLinks links = new RelayLinks(matrix, plan);
    long seed = plan.seed();
    try {
      for (String from : matrix.regions()) {
        for (String to : matrix.regions()) {
          if (!from.equals(to)) {
            LinkProfile profile =
                new LinkProfile(
                    from + "-" + to, links.way(from, to), links.way(to, from), matrix.source());
            LinkRequest request = new LinkRequest(LinkPath.of(profile), seed++, plan.runId());
            links
                .links
                .computeIfAbsent(from, region -> new LinkedHashMap<>())
                .put(to, backend.open(request));
          }
        }
      }
      return links;
    } catch (IOException | RuntimeException e) {
      links.close();
      throw e;
    }
  }

  @Override
  List<String> command(String region) {
    return List.of();
  }

  @Override
  InetAddress host(String region) {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  Optional<InetAddress> clientHost(String region) {
    return Optional.empty();
  }

  @Override
  InetSocketAddress reach(String from, String to, InetSocketAddress far) throws IOException {
    return links.get(from).get(to).reach(far);
  }

  @Override
  <T> T at(String region, Callable<T> task) throws IOException {
    return links.values().iterator().next().values().iterator().next().atServer(task);
  }

  @Override
  Map<String, Object> facts() {
    return links.values().iterator().next().values().iterator().next().facts();
  }

  @Override
  Map<String, Map<String, Region>> via(Iterable<Region> regions) throws IOException {
    Map<String, Map<String, Region>> via = new LinkedHashMap<>();
    for (String from : links.keySet()) {
      Map<String, Region> reached = new LinkedHashMap<>();
      for (Region region : regions) {
        EmulatedNetwork link = links.get(from).get(region.name());
        if (link != null) {
          reached.put(region.name(), behind(link, region));
        }
      }
      via.put(from, reached);
    }
    return via;
  }

  private static Region behind(EmulatedNetwork link, Region region) throws IOException {
    InetSocketAddress served = link.reach(new InetSocketAddress(region.host(), region.port()));
    InetSocketAddress raft = link.reach(new InetSocketAddress(region.host(), region.raftPort()));
    return new Region(
        region.name(), served.getAddress().getHostAddress(), served.getPort(), raft.getPort());
  }

  /** What {@code from} has dialled carries its own bytes outbound, and those of the other back. */
  @Override
  void apply(String from, String to, LinkFault out, LinkFault back) {
    links.get(from).get(to).disturb(out, back);
  }

  @Override
  public synchronized void close() throws IOException {
    IOException failure = null;
    for (Map<String, EmulatedNetwork> dialled : links.values()) {
      for (EmulatedNetwork link : dialled.values()) {
        try {
          link.close();
        } catch (IOException e) {
          failure = e;
        }
      }
    }
    links.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
