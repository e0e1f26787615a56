package io.mooseng.bench.core.link.proof;

import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.impair.JitterSource;
import io.mooseng.bench.core.link.profile.LinkEffect;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.OneWay;
import io.mooseng.bench.core.random.SeededRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be measured of a path, and how far from it a measurement may be.
 *
 * <p>The round trips of a path with jitter are drawn in virtual time, as the backends draw them, so
 * that their percentiles are known whatever the distribution is. Immutable.
 */
public final class LinkExpectation {

  /** A median may be this far off, and by {@link #RTT_SHARE} of itself if that is more. */
  private static final long RTT_NANOS = 1_000_000;

  private static final double RTT_SHARE = 0.02;

  /** Both ends make sockets and start threads for a new connection. */
  static final long SETUP_NANOS = 5_000_000;

  private static final double RATE_SHARE = 0.05;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double BITS_PER_MBIT = 1e6;
  private static final int DRAWS = 20_001;
  private static final long SEED = 20_261_126;

  /** Standard error of a median in standard errors of a mean, for normal values. */
  private static final double MEDIAN_ERROR = 1.2533;

  private static final double SIGMAS = 4;

  private final LinkPath path;
  private final LinkClaims claims;
  private final long[] rttNanos;
  private final double deviationNanos;

  public LinkExpectation(LinkPath path, LinkClaims claims) {
    this.path = path;
    this.claims = claims;
    this.rttNanos = draw(path);
    this.deviationNanos = deviation(rttNanos);
  }

  private static long[] draw(LinkPath path) {
    List<OneWay> ways = new ArrayList<>();
    path.hops()
        .forEach(
            hop -> {
              ways.add(hop.profile().outbound());
              ways.add(hop.profile().inbound());
            });
    if (ways.stream().allMatch(way -> way.jitter().isNone())) {
      return new long[] {path.rtt().toNanos()};
    }
    long[] drawn = new long[DRAWS];
    for (int w = 0; w < ways.size(); w++) {
      OneWay way = ways.get(w);
      JitterSource jitter = new JitterSource(way.jitter(), SeededRandom.of(SEED, w));
      for (int i = 0; i < DRAWS; i++) {
        drawn[i] += Math.max(0, way.delay().toNanos() + jitter.nextNanos());
      }
    }
    Arrays.sort(drawn);
    return drawn;
  }

  private static double deviation(long[] values) {
    double mean = Arrays.stream(values).average().orElse(0);
    double squares = Arrays.stream(values).mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / values.length);
  }

  /** A percentile of the round trips that are asked for, in nanoseconds. */
  public long rttNanos(int percent) {
    return rttNanos[Math.max(1, (rttNanos.length * percent + 99) / 100) - 1];
  }

  /** The rate asked of a direction, of IP packets; empty if none is. */
  public Optional<Double> bitsPerSecond(boolean outbound) {
    OptionalLong rate = LinkProof.slowest(path, outbound);
    return rate.isPresent() ? Optional.of((double) rate.getAsLong()) : Optional.empty();
  }

  /** The share of packets that is to be lost in a direction, on all links together. */
  public double loss(boolean outbound) {
    double passes = 1;
    for (LinkPath.Hop hop : path.hops()) {
      OneWay way = outbound ? hop.profile().outbound() : hop.profile().inbound();
      passes *= 1 - way.loss().average();
    }
    return 1 - passes;
  }

  /**
   * How far the median of {@code pings} round trips may be from the one asked: 2 %, never less than
   * 1 ms, and what chance does to a median where the delay varies.
   */
  public long rttToleranceNanos(int pings) {
    double chance = SIGMAS * MEDIAN_ERROR * deviationNanos / Math.sqrt(pings);
    return (long) (Math.max(RTT_NANOS, RTT_SHARE * rttNanos(50)) + chance);
  }

  /**
   * What a measurement shows to be different from what was asked, one line each; none if the link
   * is as it was asked to be.
   */
  public List<String> deviations(LinkMeasurement measured) {
    List<String> lines = new ArrayList<>();
    long tolerance = rttToleranceNanos(measured.pings());
    time("the link has a round trip of", measured.rttNanos(50), rttNanos(50), tolerance)
        .ifPresent(lines::add);
    long two = 2 * rttNanos(50);
    long chance = (long) (SIGMAS * deviationNanos) * 2;
    if (claims.modelled().contains(LinkEffect.FIRST_ANSWER) && connectsAreSure()) {
      time(
              "a first answer takes",
              measured.firstAnswerNanos(),
              two,
              2 * tolerance + chance + SETUP_NANOS)
          .ifPresent(lines::add);
    }
    if (claims.modelled().contains(LinkEffect.TCP_CONNECT) && connectsAreSure()) {
      time(
              "a connect takes",
              measured.connectNanos(),
              rttNanos(50),
              tolerance + chance + SETUP_NANOS)
          .ifPresent(lines::add);
    }
    way("outbound", measured.outbound(), true).forEach(lines::add);
    way("inbound", measured.inbound(), false).forEach(lines::add);
    return lines;
  }

  /** A packet of a handshake that is lost is sent again after a second: that is no deviation. */
  private boolean connectsAreSure() {
    return !path.effects().contains(LinkEffect.LOSS);
  }

  private static Optional<String> time(String what, long measured, long asked, long tolerance) {
    if (Math.abs(measured - asked) <= tolerance) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "%s %.2f ms where %.2f ms was asked for",
            what,
            measured / NANOS_PER_MILLI,
            asked / NANOS_PER_MILLI));
  }

  private List<String> way(String name, LinkMeasurement.Way measured, boolean outbound) {
    List<String> lines = new ArrayList<>();
    OptionalLong asked = LinkProof.slowest(path, outbound);
    boolean clean = !path.effects().contains(LinkEffect.LOSS);
    if (asked.isPresent() && measured.bitsPerSecond().isPresent() && clean) {
      double rate = measured.bitsPerSecond().get();
      if (Math.abs(rate - asked.getAsLong()) > RATE_SHARE * asked.getAsLong()) {
        lines.add(
            String.format(
                Locale.ROOT,
                "the link carries %.2f Mbit/s %s where %.2f Mbit/s was asked for",
                rate / BITS_PER_MBIT,
                name,
                asked.getAsLong() / BITS_PER_MBIT));
      }
    }
    measured.loss().flatMap(loss -> loss(name, loss, outbound)).ifPresent(lines::add);
    return lines;
  }

  /** Chance alone takes a count this far in one of 15,000 measurements. */
  private Optional<String> loss(String name, LossCount counted, boolean outbound) {
    double burstiness = 1;
    for (LinkPath.Hop hop : path.hops()) {
      OneWay way = outbound ? hop.profile().outbound() : hop.profile().inbound();
      burstiness = Math.max(burstiness, way.loss().burstiness());
    }
    double asked = loss(outbound);
    double chance = SIGMAS * Math.sqrt(asked * (1 - asked) * burstiness / counted.sent());
    // One packet more or less is no evidence where hardly any is to be lost.
    if (Math.abs(counted.share() - asked) <= chance + 1.0 / counted.sent()) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "the link loses %.2f %% %s (%d of %d packets) where %.2f %% was asked for",
            counted.share() * 100,
            name,
            counted.lost(),
            counted.sent(),
            asked * 100));
  }
}
