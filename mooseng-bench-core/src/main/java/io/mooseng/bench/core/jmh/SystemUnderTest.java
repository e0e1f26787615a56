package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.link.EmulatedLink;
import io.mooseng.bench.core.link.LinkProfile;
import io.mooseng.bench.core.link.MeasuredLink;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.NetworkRecord;
import java.io.IOException;
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

  private final Optional<ServerProcess> server;
  private final Optional<EmulatedLink> link;
  private final String uri;
  private final NetworkRecord network;

  private SystemUnderTest(
      Optional<ServerProcess> server,
      Optional<EmulatedLink> link,
      String uri,
      NetworkRecord network) {
    this.server = server;
    this.link = link;
    this.uri = uri;
    this.network = network;
  }

  /**
   * Starts what the cell needs.
   *
   * @throws OperationException if the server does not start, or the link is not what was asked for
   */
  static SystemUnderTest open(Cell cell, RunSettings settings, Path scratch)
      throws OperationException {
    if (cell.target().isEmpty()) {
      return new SystemUnderTest(Optional.empty(), Optional.empty(), null, NetworkRecord.none());
    }
    Optional<ServerProcess> server = Optional.empty();
    if (cell.target().get().fidelity() == Fidelity.EMBEDDED) {
      server = Optional.of(startServer(settings, scratch));
    }
    String uri =
        server.map(ServerProcess::uri).orElseGet(() -> cell.target().get().uri().orElseThrow());
    try {
      Optional<Duration> rtt = cell.linkRtt().filter(asked -> !asked.isZero());
      return rtt.isPresent()
          ? behindLink(server, uri, rtt.get())
          : new SystemUnderTest(server, Optional.empty(), uri, NetworkRecord.none());
    } catch (OperationException e) {
      server.ifPresent(ServerProcess::close);
      throw e;
    }
  }

  static ServerProcess startServer(RunSettings settings, Path scratch) throws OperationException {
    return ServerProcess.start(
        new ServerProcess.Options(
            settings.store(),
            settings.fsync(),
            settings.tls(),
            scratch,
            scratch.resolve("server.err")));
  }

  private static SystemUnderTest behindLink(
      Optional<ServerProcess> server, String uri, Duration rtt) throws OperationException {
    URI target = URI.create(uri);
    LinkProfile profile =
        LinkProfile.symmetric(
            rttLabel(rtt), rtt, "the benchmark's parameter " + Cell.RTT_PARAMETER);
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
          server, Optional.of(link), linkUri, record(profile, link, measured));
    } catch (IOException e) {
      close(link);
      throw new OperationException(
          FailureKind.CONDITIONS_NOT_MET, "no emulated link: " + e.getMessage(), e);
    } catch (OperationException e) {
      close(link);
      throw e;
    }
  }

  private static String rttLabel(Duration rtt) {
    return "rtt-"
        + java.math.BigDecimal.valueOf(rtt.toNanos(), 6).stripTrailingZeros().toPlainString()
        + "ms";
  }

  private static NetworkRecord record(
      LinkProfile profile, EmulatedLink link, MeasuredLink measured) {
    return NetworkRecord.of(
        profile.name(),
        link.claims().backend(),
        Map.of("rttMillis", profile.rtt().toNanos() / NANOS_PER_MILLI),
        Map.of(
            "rttMinMillis", measured.minNanos() / NANOS_PER_MILLI,
            "rttP50Millis", measured.p50Nanos() / NANOS_PER_MILLI,
            "rttP99Millis", measured.p99Nanos() / NANOS_PER_MILLI,
            "pings", measured.pings()),
        link.claims().stamps());
  }

  /** What the fork opens; null for a benchmark without a target. */
  String uri() {
    return uri;
  }

  /** The network between the fork and the server, as it was measured. */
  NetworkRecord network() {
    return network;
  }

  @Override
  public void close() {
    close(link.orElse(null));
    server.ifPresent(ServerProcess::close);
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
