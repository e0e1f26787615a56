package io.mooseng.bench.core.link.netem;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.Obstacle;
import io.mooseng.bench.core.link.netns.ClientNamespace;
import io.mooseng.bench.core.link.netns.NetworkNamespace;
import io.mooseng.bench.core.link.netns.NetworkNamespaces;
import io.mooseng.bench.core.link.netns.Tool;
import io.mooseng.bench.core.link.profile.LinkEffect;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Packets, delayed and lost by the kernel between network namespaces. */
public final class NetemBackend implements LinkBackend {

  static final String NAME = "netem";

  /** Of the namespace in which it is tried what the kernel can do. */
  private static final String TRIAL = "trial";

  private static final LinkClaims CLAIMS =
      new LinkClaims(
          NAME,
          EnumSet.allOf(LinkEffect.class),
          Map.of(),
          List.of(
              "both ends share the processors and the kernel of this machine",
              "no traffic of others on the path",
              "jitter with a correlation is not quite of the distribution asked for; see"
                  + " tc-netem(8)"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "packets delayed and lost by the kernel between network namespaces";
  }

  @Override
  public LinkClaims claims() {
    return CLAIMS;
  }

  /** Tries it in a namespace of its own, which is gone again when this answers. */
  @Override
  public Optional<Obstacle> obstacle() {
    Optional<Obstacle> namespaces = NetworkNamespaces.obstacle();
    if (namespaces.isPresent()) {
      return namespaces;
    }
    if (Tool.tc().isEmpty()) {
      return Optional.of(new Obstacle("the program tc is not there", "install iproute2"));
    }
    return tried("netem delay 1ms")
        .map(
            complaint ->
                new Obstacle(
                    "this kernel has no netem (" + complaint + ")",
                    "boot one with CONFIG_NET_SCH_NETEM, or use --backend tun"))
        .or(
            () ->
                tried("htb")
                    .map(
                        complaint ->
                            new Obstacle(
                                "this kernel has no htb (" + complaint + ")",
                                "boot one with CONFIG_NET_SCH_HTB, or use --backend tun")));
  }

  /** What tc complained about, or empty if the discipline could be used. */
  private static Optional<String> tried(String discipline) {
    try (NetworkNamespaces own = NetworkNamespaces.of(TRIAL)) {
      // Two threads may try at the same time.
      NetworkNamespace namespace = own.create("at-" + Long.toHexString(System.nanoTime()));
      Tool.tc()
          .orElseThrow()
          .batch(List.of("-n", namespace.name()), List.of("qdisc add dev lo root " + discipline));
      return Optional.empty();
    } catch (IOException e) {
      String message = String.valueOf(e.getMessage());
      return Optional.of(message.substring(message.lastIndexOf(": ") + 2));
    }
  }

  @Override
  public void enter(String runId) throws IOException {
    ClientNamespace.enter(runId);
  }

  @Override
  public EmulatedNetwork open(LinkRequest request) throws IOException {
    boolean seeded = tried("netem delay 1ms seed 1").isEmpty();
    return NetemNetwork.open(request, Tool.tc().orElseThrow(), seeded);
  }
}
