package io.mooseng.bench.multiregion.cluster;

import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * The emulated links of a cluster on this machine. Everything between regions crosses them, of
 * servers and of clients. Safe for use by any number of threads.
 */
public abstract class ClusterLinks implements AutoCloseable {

  private record Pair(String from, String to) {}

  private final LinkPlan plan;
  private final RttMatrix matrix;
  private final Map<Pair, LinkFault> faults = new LinkedHashMap<>();

  ClusterLinks(RttMatrix matrix, LinkPlan plan) {
    this.matrix = matrix;
    this.plan = plan;
  }

  /**
   * Opens all links.
   *
   * @throws IOException if one cannot be had; then none is left
   */
  static ClusterLinks open(RttMatrix matrix, LinkPlan plan) throws IOException {
    return plan.backend().equals(LinkPlan.TUN)
        ? TunLinks.open(matrix, plan)
        : RelayLinks.open(matrix, plan);
  }

  /** How they are emulated, and under which conditions. */
  public final LinkPlan plan() {
    return plan;
  }

  final RttMatrix matrix() {
    return matrix;
  }

  /** What goes from one region to another, as it was asked for. */
  public final OneWay way(String from, String to) {
    return plan.way(matrix, from, to);
  }

  /** What goes before the command line of a region's process. */
  abstract List<String> command(String region);

  /** The address on which a region listens. */
  abstract InetAddress host(String region);

  /** The address to which clients bind that stand in a region; empty if any will do. */
  abstract Optional<InetAddress> clientHost(String region);

  /**
   * What is dialled in one region to reach something in another.
   *
   * @param far where that listens; it need not listen yet
   */
  abstract InetSocketAddress reach(String from, String to, InetSocketAddress far)
      throws IOException;

  /** Does something where a region is: a socket that is opened there stays there. */
  abstract <T> T at(String region, Callable<T> task) throws IOException;

  /** What results depend on though nobody asks for it: congestion control, MTU. */
  abstract Map<String, Object> facts() throws IOException;

  /** How every region reaches every other one, where that is not at its own address. */
  abstract Map<String, Map<String, Region>> via(Iterable<Region> regions) throws IOException;

  /** Applies what is wrong from one region to another, and what is wrong on the way back. */
  abstract void apply(String from, String to, LinkFault out, LinkFault back);

  /**
   * Breaks or mends what goes from one region to another; the way back is as it was.
   *
   * @throws IllegalArgumentException if there are no such regions
   */
  public final synchronized void disturb(String from, String to, LinkFault fault) {
    List<String> regions = matrix.regions();
    if (from.equals(to) || !regions.contains(from) || !regions.contains(to)) {
      throw new IllegalArgumentException("there is no link from '" + from + "' to '" + to + "'");
    }
    faults.put(new Pair(from, to), fault);
    LinkFault back = faults.getOrDefault(new Pair(to, from), LinkFault.NONE);
    apply(from, to, fault, back);
    apply(to, from, back, fault);
  }

  /** Breaks or mends everything between a region and all others, in both directions. */
  public final synchronized void isolate(String region, LinkFault fault) {
    for (String other : matrix.regions()) {
      if (!other.equals(region)) {
        disturb(region, other, fault);
        disturb(other, region, fault);
      }
    }
  }

  @Override
  public abstract void close() throws IOException;
}
