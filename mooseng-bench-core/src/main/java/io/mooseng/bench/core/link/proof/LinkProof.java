package io.mooseng.bench.core.link.proof;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.profile.Bottleneck;
import io.mooseng.bench.core.link.profile.LinkEffect;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * Measures what a network does, over the network itself: a server is put at its far end, and round
 * trips, connect, rates and losses to it are taken.
 *
 * <p>What is measured holds the wake-ups of client and server too, so it errs on the long side.
 */
public final class LinkProof {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final int BITS_PER_BYTE = 8;

  /** Connections whose set-up is timed: the shortest counts, as the first finds code not loaded. */
  private static final int CONNECTIONS = 3;

  /** As many as that if the shortest is still longer than asked: code gets warm, and noise ends. */
  private static final int MOST_CONNECTIONS = 12;

  private static final long LEAST_STREAM_BYTES = 16 << 10;
  private static final long MOST_STREAM_BYTES = 1L << 30;

  /** Datagrams whose losses are counted are small, and use a tenth of a rate. */
  private static final int DATAGRAM_BYTES = 100;

  private static final long DATAGRAM_GAP_NANOS = 100_000;
  private static final double SHARE_OF_RATE = 0.1;

  private LinkProof() {}

  /**
   * Measures a network that is open.
   *
   * @param claims of its backend: losses are counted only where it models them
   * @throws IOException if it breaks, or the far end cannot be set up
   */
  public static LinkMeasurement measure(
      EmulatedNetwork network, LinkPath path, LinkClaims claims, Effort effort) throws IOException {
    try (ProofServer server = ProofServer.open(network)) {
      InetSocketAddress address = network.reach(server.address());
      long rtt = path.rtt().toNanos();
      long connect = Long.MAX_VALUE;
      long firstAnswer = Long.MAX_VALUE;
      long[] rttNanos = new long[0];
      for (int i = 1; i <= MOST_CONNECTIONS; i++) {
        try (ProofClient client = ProofClient.connect(network, address)) {
          firstAnswer = Math.min(firstAnswer, client.firstAnswerNanos());
          connect = Math.min(connect, client.connectNanos());
          boolean enough = firstAnswer <= 2 * rtt + LinkExpectation.SETUP_NANOS;
          if (i >= CONNECTIONS && enough || i == MOST_CONNECTIONS) {
            rttNanos = client.pings(effort.pings());
            break;
          }
        }
      }
      boolean packets = claims.modelled().contains(LinkEffect.LOSS);
      return new LinkMeasurement(
          rttNanos,
          connect,
          firstAnswer,
          way(network, address, path, effort, packets, true),
          way(network, address, path, effort, packets, false));
    }
  }

  /**
   * Transfers bytes from the far end.
   *
   * @return nanoseconds from the start of the connect to the last byte
   * @throws IOException if the network breaks, or the far end cannot be set up
   */
  public static long transfer(EmulatedNetwork network, long bytes) throws IOException {
    try (ProofServer server = ProofServer.open(network)) {
      InetSocketAddress address = network.reach(server.address());
      long start = System.nanoTime();
      try (ProofClient client = ProofClient.connect(network, address)) {
        client.take(bytes);
        return System.nanoTime() - start;
      }
    }
  }

  private static LinkMeasurement.Way way(
      EmulatedNetwork network,
      InetSocketAddress address,
      LinkPath path,
      Effort effort,
      boolean packets,
      boolean outbound)
      throws IOException {
    OptionalLong rate = slowest(path, outbound);
    Optional<Double> measured = Optional.empty();
    if (rate.isPresent()) {
      long bytes = streamBytes(rate.getAsLong(), effort);
      try (ProofClient client = ProofClient.connect(network, address)) {
        long nanos = outbound ? client.send(bytes) : client.take(bytes);
        double payload = bytes / 2.0 * BITS_PER_BYTE * NANOS_PER_SECOND / nanos;
        measured = Optional.of(payload * Bottleneck.PACKET_BYTES / Bottleneck.PAYLOAD_BYTES);
      }
    }
    Optional<LossCount> loss =
        packets
            ? Optional.of(losses(network, address, rate, path, effort.packets(), outbound))
            : Optional.empty();
    return new LinkMeasurement.Way(measured, loss);
  }

  private static LossCount losses(
      EmulatedNetwork network,
      InetSocketAddress address,
      OptionalLong rate,
      LinkPath path,
      int packets,
      boolean outbound)
      throws IOException {
    long gap = DATAGRAM_GAP_NANOS;
    if (rate.isPresent()) {
      double bits = (DATAGRAM_BYTES + Datagrams.HEADER_BYTES) * BITS_PER_BYTE / SHARE_OF_RATE;
      gap = Math.max(gap, (long) (bits * NANOS_PER_SECOND / rate.getAsLong()));
    }
    try (ProofClient client = ProofClient.connect(network, address)) {
      return outbound
          ? client.lossOutbound(packets, gap, DATAGRAM_BYTES, path.rtt())
          : client.lossInbound(packets, gap, DATAGRAM_BYTES, path.rtt());
    }
  }

  /**
   * As much as the link carries in the time of the stream, beyond what its queue takes in at once.
   */
  private static long streamBytes(long bitsPerSecond, Effort effort) {
    double bytes =
        bitsPerSecond / (double) BITS_PER_BYTE * effort.stream().toNanos() / NANOS_PER_SECOND;
    return Math.min(MOST_STREAM_BYTES, Math.max(LEAST_STREAM_BYTES, (long) bytes));
  }

  /** The rate of the slowest link on the path; empty if none has one. */
  static OptionalLong slowest(LinkPath path, boolean outbound) {
    Function<LinkPath.Hop, OneWay> way =
        hop -> outbound ? hop.profile().outbound() : hop.profile().inbound();
    return path.hops().stream()
        .map(way)
        .flatMapToLong(direction -> direction.bitsPerSecond().stream())
        .min();
  }
}
