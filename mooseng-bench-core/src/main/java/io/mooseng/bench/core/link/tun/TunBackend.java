package io.mooseng.bench.core.link.tun;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.Obstacle;
import io.mooseng.bench.core.link.netns.ClientNamespace;
import io.mooseng.bench.core.link.netns.NetworkNamespaces;
import io.mooseng.bench.core.link.profile.LinkEffect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Packets, forwarded in user space between network namespaces. */
public final class TunBackend implements LinkBackend {

  static final String NAME = "tun";

  private static final Path DEVICE = Path.of("/dev/net/tun");

  private static final LinkClaims CLAIMS =
      new LinkClaims(
          NAME,
          EnumSet.allOf(LinkEffect.class),
          Map.of(),
          List.of(
              "both ends share the processors and the kernel of this machine",
              "no traffic of others on the path",
              "packets are forwarded in user space: a busy machine delays them"));

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "packets forwarded in user space between network namespaces";
  }

  @Override
  public LinkClaims claims() {
    return CLAIMS;
  }

  @Override
  public Optional<Obstacle> obstacle() {
    Optional<Obstacle> namespaces = NetworkNamespaces.obstacle();
    if (namespaces.isPresent()) {
      return namespaces;
    }
    if (!Files.exists(DEVICE)) {
      return Optional.of(
          new Obstacle(
              DEVICE + " is not there", "modprobe tun; in a container: --device " + DEVICE));
    }
    if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
      return Optional.of(
          new Obstacle("this user may not open " + DEVICE, "run as root, or change its mode"));
    }
    return Optional.empty();
  }

  @Override
  public void enter(String runId) throws IOException {
    ClientNamespace.enter(runId);
  }

  @Override
  public EmulatedNetwork open(LinkRequest request) throws IOException {
    return TunNetwork.open(request, Offloads.TSO, number -> {});
  }
}
