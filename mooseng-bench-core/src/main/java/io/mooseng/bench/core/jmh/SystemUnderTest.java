package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.target.ResolvedTarget;
import io.mooseng.bench.core.target.Route;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What one fork measures: a server if the run provides it, the network in front of it if the cell
 * asks for one, and where the fork finds them. Opened before the fork, closed after it.
 */
final class SystemUnderTest implements AutoCloseable {

  private final Optional<ServedStore> server;
  private final Optional<LinkInFront> link;
  private final String uri;
  private final TargetAccess access;
  private final Optional<Route> route;
  private final List<String> deviations;
  private final StartedSystem.Links startedLinks;
  private boolean closed;

  private SystemUnderTest(
      Optional<ServedStore> server,
      Optional<LinkInFront> link,
      String uri,
      TargetAccess access,
      Optional<Route> route,
      List<String> deviations,
      StartedSystem.Links startedLinks) {
    this.server = server;
    this.link = link;
    this.uri = uri;
    this.access = access;
    this.route = route;
    this.deviations = deviations;
    this.startedLinks = startedLinks;
  }

  /**
   * Starts what the cell needs, and measures the network.
   *
   * @param fork of the cell, from 0
   * @throws OperationException if the server does not start, or there is no network
   */
  static SystemUnderTest open(
      Cell cell, int fork, RunSettings settings, Path scratch, RunRoots roots)
      throws OperationException {
    if (cell.target().isEmpty() || cell.benchmark().startsSystem()) {
      return new SystemUnderTest(
          Optional.empty(),
          Optional.empty(),
          null,
          TargetAccess.PLAIN,
          Optional.empty(),
          List.of(),
          startedLinks(cell, settings, fork, roots));
    }
    Optional<LinkInFront> link = Optional.empty();
    if (cell.network().isPresent()) {
      link =
          Optional.of(
              LinkInFront.open(cell.network().get(), settings.seed() + fork, roots.runId()));
    }
    try {
      return open(cell, link, settings, scratch, roots);
    } catch (OperationException | RuntimeException e) {
      link.ifPresent(LinkInFront::close);
      throw e;
    }
  }

  private static SystemUnderTest open(
      Cell cell, Optional<LinkInFront> link, RunSettings settings, Path scratch, RunRoots roots)
      throws OperationException {
    ResolvedTarget target = cell.target().orElseThrow();
    Optional<ServedStore> server = Optional.empty();
    if (target.fidelity() == Fidelity.EMBEDDED) {
      boolean fsync = cell.fsync().orElse(settings.fsync());
      ServedTls tls = ServedTls.of(cell, settings, scratch);
      ServerStart start = link.map(LinkInFront::serverStart).orElse(ServerStart.LOCAL);
      server = Optional.of(ServedStore.open(settings, tls, fsync, scratch, roots, start));
    }
    TargetAccess access = server.map(ServedStore::access).orElseGet(() -> access(target, roots));
    String uri = server.flatMap(ServedStore::uri).or(target::uri).orElse(null);
    try {
      return link.isPresent()
          ? behindLink(server, link.get(), uri, access)
          : new SystemUnderTest(
              server, link, uri, access, Optional.empty(), List.of(), StartedSystem.Links.RELAY);
    } catch (OperationException | RuntimeException e) {
      server.ifPresent(ServedStore::close);
      throw e;
    }
  }

  private static StartedSystem.Links startedLinks(
      Cell cell, RunSettings settings, int fork, RunRoots roots) {
    return new StartedSystem.Links(
        cell.network()
            .map(network -> network.backend().name())
            .orElse(StartedSystem.Links.RELAY.backend()),
        settings.link().network().orElse(null),
        LinkInFront.shortId(roots.runId()),
        settings.seed() + fork);
  }

  /** How links within a system that the benchmark starts are emulated. */
  StartedSystem.Links startedLinks() {
    return startedLinks;
  }

  /** Whether the run started the server. */
  boolean isEmbedded() {
    return server.isPresent();
  }

  /** Only what outlives the fork can hold a directory that was made before it. */
  private static TargetAccess access(ResolvedTarget target, RunRoots roots) {
    if (target.fidelity() != Fidelity.LIVE) {
      return TargetAccess.PLAIN;
    }
    return new TargetAccess(
        roots.name(),
        roots.keeps(),
        null,
        target.hasSockets() ? TargetAccess.UNKNOWN_PROCESS : TargetAccess.THIS_PROCESS);
  }

  private static SystemUnderTest behindLink(
      Optional<ServedStore> server, LinkInFront link, String uri, TargetAccess access)
      throws OperationException {
    URI target = URI.create(uri);
    InetSocketAddress far = new InetSocketAddress(target.getHost(), target.getPort());
    String dialled = text(link.reach(far));
    List<String> deviations = link.prove();
    return new SystemUnderTest(
        server,
        Optional.of(link),
        "mooseng://" + dialled,
        access,
        Optional.of(new Route(text(far), dialled)),
        deviations,
        StartedSystem.Links.RELAY);
  }

  private static String text(InetSocketAddress address) {
    String host = address.getAddress().getHostAddress();
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
  }

  /** What the fork opens; null if it starts that itself, or needs no target. */
  String uri() {
    return uri;
  }

  /** What else the fork must know of its target. */
  TargetAccess access() {
    return access;
  }

  /** How the fork reaches the server, if not at the address it calls itself. */
  Optional<Route> route() {
    return route;
  }

  /** The network between the fork and the server, as it was measured. */
  NetworkRecord network() {
    return link.map(LinkInFront::record).orElse(NetworkRecord.none());
  }

  /** What of the network is not as it was asked for, one line each. */
  List<String> deviations() {
    return deviations;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      server.ifPresent(ServedStore::close);
      link.ifPresent(LinkInFront::close);
    }
  }
}
