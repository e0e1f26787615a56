package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.link.ChosenNetwork;
import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.proof.Effort;
import io.mooseng.bench.core.link.proof.LinkExpectation;
import io.mooseng.bench.core.link.proof.LinkMeasurement;
import io.mooseng.bench.core.link.proof.LinkProof;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.result.NetworkRecord;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The emulated network in front of a system under test, with the proof of what it does. */
final class LinkInFront implements AutoCloseable {

  private static final double NANOS_PER_MILLI = 1e6;

  private static final int MOST_MEASUREMENTS = 3;

  private final ChosenNetwork chosen;
  private final EmulatedNetwork network;
  private LinkMeasurement measured;

  private LinkInFront(ChosenNetwork chosen, EmulatedNetwork network) {
    this.chosen = chosen;
    this.network = network;
  }

  /**
   * Makes the network.
   *
   * @throws OperationException CONDITIONS_NOT_MET, if it cannot be made
   */
  static LinkInFront open(ChosenNetwork chosen, long seed, String runId) throws OperationException {
    try {
      return new LinkInFront(
          chosen, chosen.backend().open(new LinkRequest(chosen.path(), seed, shortId(runId))));
    } catch (IOException e) {
      throw noLink(e);
    }
  }

  /** The end of a run's id tells runs of one machine apart, and is short enough for a device. */
  static String shortId(String runId) {
    return runId.substring(runId.lastIndexOf('-') + 1);
  }

  private static OperationException noLink(IOException e) {
    return new OperationException(
        FailureKind.CONDITIONS_NOT_MET, "no emulated link: " + e.getMessage(), e);
  }

  /** Where servers are started, and on which address. */
  ServerStart serverStart() {
    return new ServerStart(network.serverCommand(), network.serverHost().getHostAddress());
  }

  /** What clients dial to reach {@code server}. */
  InetSocketAddress reach(InetSocketAddress server) throws OperationException {
    try {
      return network.reach(server);
    } catch (IOException e) {
      throw noLink(e);
    }
  }

  /**
   * Measures the network, again if it is not as it was asked for: the moment may have been busy.
   *
   * @return what is not as it was asked for; empty if all is
   * @throws OperationException CONDITIONS_NOT_MET, if it breaks
   */
  List<String> prove() throws OperationException {
    LinkPath path = chosen.path();
    LinkClaims claims = chosen.backend().claims();
    LinkExpectation expected = new LinkExpectation(path, claims);
    List<String> deviations = List.of();
    for (int i = 0; i < MOST_MEASUREMENTS; i++) {
      try {
        measured = LinkProof.measure(network, path, claims, Effort.brief(path.rtt()));
      } catch (IOException e) {
        throw noLink(e);
      }
      deviations = expected.deviations(measured);
      if (deviations.isEmpty()) {
        break;
      }
    }
    return deviations;
  }

  /** What was asked for and what was measured, once {@link #prove} has come back. */
  NetworkRecord record() {
    LinkClaims claims = chosen.backend().claims();
    Map<String, Object> found = new TreeMap<>(network.facts());
    found.putAll(measured.toMap());
    return NetworkRecord.of(
        chosen.path().name(),
        claims.backend(),
        requested(chosen.path()),
        found,
        claims.stamps(),
        claims.cannotClaim());
  }

  /** What was asked of a path, as it is stored with results. */
  static Map<String, Object> requested(LinkPath path) {
    Map<String, Object> map = new TreeMap<>();
    map.put("rttMillis", path.rtt().toNanos() / NANOS_PER_MILLI);
    map.put("outbound", path.describe(true));
    map.put("inbound", path.describe(false));
    map.put("source", path.source());
    return map;
  }

  @Override
  public void close() {
    try {
      network.close();
    } catch (IOException e) {
      System.err.println("the emulated link did not close cleanly: " + e.getMessage());
    }
  }
}
