package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.proof.EmulatedLink;
import io.mooseng.bench.core.link.proof.MeasuredLink;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.NetworkRecord;
import io.mooseng.bench.core.target.ResolvedTarget;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What one fork measures: a server if the run provides it, the link in front of it if the cell asks
 * for one, and where the fork finds them. Opened before the fork, closed after it.
 */
final class SystemUnderTest implements AutoCloseable {

  private static final double NANOS_PER_MILLI = 1e6;

  private final Optional<ServedStore> server;
  private final Optional<EmulatedLink> link;
  private final String uri;
  private final TargetAccess access;
  private final NetworkRecord network;
  private boolean closed;

  private SystemUnderTest(
      Optional<ServedStore> server,
      Optional<EmulatedLink> link,
      String uri,
      TargetAccess access,
      NetworkRecord network) {
    this.server = server;
    this.link = link;
    this.uri = uri;
    this.access = access;
    this.network = network;
  }

  /**
   * Starts what the cell needs.
   *
   * @throws OperationException if the server does not start, or the link is not what was asked for
   */
  static SystemUnderTest open(Cell cell, RunSettings settings, Path scratch, RunRoots roots)
      throws OperationException {
    if (cell.target().isEmpty()) {
      return new SystemUnderTest(
          Optional.empty(), Optional.empty(), null, TargetAccess.PLAIN, NetworkRecord.none());
    }
    ResolvedTarget target = cell.target().get();
    ServedTls tls = ServedTls.of(cell, settings, scratch);
    Optional<ServedStore> server = Optional.empty();
    if (target.fidelity() == Fidelity.EMBEDDED) {
      boolean fsync = cell.fsync().orElse(settings.fsync());
      server = Optional.of(ServedStore.open(settings, tls, fsync, scratch, roots));
    }
    TargetAccess access = server.map(ServedStore::access).orElseGet(() -> access(target, roots));
    String uri = server.flatMap(ServedStore::uri).or(target::uri).orElse(null);
    try {
      Optional<Duration> rtt = cell.linkRtt().filter(asked -> !asked.isZero());
      return rtt.isPresent()
          ? behindLink(server, uri, access, rtt.get())
          : new SystemUnderTest(server, Optional.empty(), uri, access, NetworkRecord.none());
    } catch (OperationException e) {
      server.ifPresent(ServedStore::close);
      throw e;
    }
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
      Optional<ServedStore> server, String uri, TargetAccess access, Duration rtt)
      throws OperationException {
    URI target = URI.create(uri);
    LinkProfile profile =
        LinkProfile.symmetric(
            profileName(rtt), rtt, "the benchmark's parameter " + Cell.RTT_PARAMETER);
    EmulatedLink link = null;
    try {
      link = EmulatedLink.open(profile, new InetSocketAddress(target.getHost(), target.getPort()));
      MeasuredLink measured = link.proof();
      if (!measured.withinTolerance()) {
        throw OperationException.light(
            FailureKind.CONDITIONS_NOT_MET,
            "the link has a round trip of %.2f ms where %.2f ms was asked for"
                .formatted(measured.p50Nanos() / NANOS_PER_MILLI, rtt.toNanos() / NANOS_PER_MILLI));
      }
      InetSocketAddress address = link.address();
      String linkUri =
          "mooseng://" + address.getAddress().getHostAddress() + ":" + address.getPort();
      return new SystemUnderTest(
          server, Optional.of(link), linkUri, access, record(profile, link, measured));
    } catch (IOException e) {
      close(link);
      throw new OperationException(
          FailureKind.CONDITIONS_NOT_MET, "no emulated link: " + e.getMessage(), e);
    } catch (OperationException e) {
      close(link);
      throw e;
    }
  }

  /** The name of an emulated link that is known by its round-trip time alone. */
  static String profileName(Duration rtt) {
    return "rtt-"
        + BigDecimal.valueOf(rtt.toNanos(), 6).stripTrailingZeros().toPlainString()
        + "ms";
  }

  /** What was asked of such a link, as it is stored with the results. */
  static Map<String, Object> requested(Duration rtt) {
    return Map.of("rttMillis", rtt.toNanos() / NANOS_PER_MILLI);
  }

  private static NetworkRecord record(
      LinkProfile profile, EmulatedLink link, MeasuredLink measured) {
    return NetworkRecord.of(
        profile.name(),
        link.claims().backend(),
        requested(profile.rtt()),
        Map.of(
            "rttMinMillis", measured.minNanos() / NANOS_PER_MILLI,
            "rttP50Millis", measured.p50Nanos() / NANOS_PER_MILLI,
            "rttP99Millis", measured.p99Nanos() / NANOS_PER_MILLI,
            "pings", measured.pings()),
        link.claims().stamps());
  }

  /** What the fork opens; null if it starts that itself, or needs no target. */
  String uri() {
    return uri;
  }

  /** What else the fork must know of its target. */
  TargetAccess access() {
    return access;
  }

  /** The network between the fork and the server, as it was measured. */
  NetworkRecord network() {
    return network;
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      close(link.orElse(null));
      server.ifPresent(ServedStore::close);
    }
  }

  private static void close(EmulatedLink link) {
    try {
      if (link != null) {
        link.close();
      }
    } catch (IOException e) {
      // The link lives in this process and on loopback: nothing outlasts the run.
      System.err.println("the emulated link did not close cleanly: " + e.getMessage());
    }
  }
}
