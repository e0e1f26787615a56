package io.mooseng.bench.multiregion.cluster;

import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.netns.ClientNamespace;
import io.mooseng.bench.core.link.tun.TunMesh;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;

/** Packet links: every region in a network namespace of its own, all clients in that of the run. */
final class TunLinks extends ClusterLinks {

  private final TunMesh mesh;

  private TunLinks(RttMatrix matrix, LinkPlan plan, TunMesh mesh) {
    super(matrix, plan);
    this.mesh = mesh;
  }

  static TunLinks open(RttMatrix matrix, LinkPlan plan) throws IOException {
    if (ClientNamespace.surrounding().isEmpty()) {
      throw new IOException(
          "this program is not in the network namespace of a run; accepted: run … --backend tun");
    }
    List<String> names = matrix.regions();
    TunMesh mesh =
        TunMesh.open(
            plan.runId(),
            names.size(),
            (from, to) -> plan.way(matrix, names.get(from), names.get(to)),
            plan.seed());
    return new TunLinks(matrix, plan, mesh);
  }

  private int place(String region) {
    return matrix().regions().indexOf(region);
  }

  @Override
  List<String> command(String region) {
    return mesh.command(place(region));
  }

  @Override
  InetAddress host(String region) {
    return mesh.serverHost(place(region));
  }

  @Override
  Optional<InetAddress> clientHost(String region) {
    return Optional.of(mesh.clientHost(place(region)));
  }

  /** Packets find their way. */
  @Override
  InetSocketAddress reach(String from, String to, InetSocketAddress far) {
    return far;
  }

  @Override
  <T> T at(String region, Callable<T> task) throws IOException {
    return mesh.atServer(place(region), task);
  }

  @Override
  Map<String, Object> facts() throws IOException {
    return mesh.facts();
  }

  @Override
  Map<String, Map<String, Region>> via(Iterable<Region> regions) {
    return Map.of();
  }

  @Override
  void apply(String from, String to, LinkFault out, LinkFault back) {
    mesh.disturb(place(from), place(to), out);
  }

  @Override
  public void close() throws IOException {
    mesh.close();
  }
}
