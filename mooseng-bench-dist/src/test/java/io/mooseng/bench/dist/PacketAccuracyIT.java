package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkBackends;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.Loss;
import io.mooseng.bench.core.link.profile.OneWay;
import io.mooseng.bench.core.link.proof.Effort;
import io.mooseng.bench.core.link.proof.LinkMeasurement;
import io.mooseng.bench.core.link.proof.LinkProof;
import io.mooseng.bench.core.link.proof.LossCount;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * How accurate the backend tun is, and what TCP makes of its losses. Most are times of the wall
 * clock: they want a quiet machine.
 */
@Tag("acceptance")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class PacketAccuracyIT {

  private static final double NANOS_PER_MILLI = 1e6;

  /** 99 % of a normal distribution lie within so many standard deviations. */
  private static final double Z99 = 2.5758293;

  private static final LinkBackend TUN = LinkBackends.load().named("tun").orElseThrow();

  @BeforeEach
  void needsTheBackend() {
    assumeTrue(TUN.obstacle().isEmpty(), () -> TUN.obstacle().orElseThrow().missing());
  }

  private static LinkPath path(OneWay way) {
    return LinkPath.of(new LinkProfile("test", way, way, "this test"));
  }

  private static OneWay delayed(int rttMillis) {
    return OneWay.delayed(Duration.ofMillis(rttMillis).dividedBy(2));
  }

  private static EmulatedNetwork open(OneWay way, long seed) throws IOException {
    return TUN.open(new LinkRequest(path(way), seed, "accuracy"));
  }

  private static LinkMeasurement measure(OneWay way, Effort effort) throws IOException {
    try (EmulatedNetwork network = open(way, 1)) {
      return LinkProof.measure(network, path(way), TUN.claims(), effort);
    }
  }

  /** What measures is compiled before it measures: the first pings of a JVM are slow. */
  @BeforeAll
  static void warmUp() throws IOException {
    if (TUN.obstacle().isEmpty()) {
      measure(delayed(5), new Effort(400, Duration.ofSeconds(1), 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {70, 120, 180})
  void roundTripsAreAsAsked(int rttMillis) throws IOException {
    LinkMeasurement measured =
        measure(delayed(rttMillis), new Effort(300, Duration.ofSeconds(1), 1));

    double p50 = measured.rttNanos(50) / NANOS_PER_MILLI;
    double p99 = measured.rttNanos(99) / NANOS_PER_MILLI;
    System.out.printf(
        Locale.ROOT, "tun: RTT %d ms asked, p50 %.3f, p99 %.3f ms%n", rttMillis, p50, p99);
    assertThat(p50).isBetween((double) rttMillis, rttMillis + 0.5);
    assertThat(p99).isLessThan(rttMillis + 2.0);
  }

  @Test
  void roundTripsDoNotDriftInTenMinutes() throws IOException {
    OneWay way = delayed(70);
    try (EmulatedNetwork network = open(way, 1)) {
      Drift.inTenMinutes("tun", network, path(way), TUN.claims());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1_000})
  void ratesAreWithinThreePercent(int mbit) throws IOException {
    OneWay way = delayed(10).limitedTo(mbit * 1_000_000L);
    LinkMeasurement measured = measure(way, new Effort(5, Duration.ofSeconds(4), 1));

    double out = measured.outbound().bitsPerSecond().orElseThrow();
    double in = measured.inbound().bitsPerSecond().orElseThrow();
    System.out.printf(
        Locale.ROOT, "tun: %d Mbit/s asked, %.2f out, %.2f in%n", mbit, out / 1e6, in / 1e6);
    assertThat(out).isCloseTo(mbit * 1e6, Percentage.withPercentage(3));
    assertThat(in).isCloseTo(mbit * 1e6, Percentage.withPercentage(3));
  }

  @Test
  void withoutConditionsItPassesTwoGigabits() throws IOException {
    long bytes = 2L << 30;
    double best = 0;
    try (EmulatedNetwork network = open(delayed(0), 1)) {
      for (int i = 0; i < 4; i++) {
        best = Math.max(best, bytes * 8.0 / LinkProof.transfer(network, bytes));
      }
      System.out.printf(Locale.ROOT, "tun passes %.1f Gbit/s, %s%n", best, network.facts());
    }
    assertThat(best).as("Gbit/s").isGreaterThanOrEqualTo(2);
  }

  /** Packets are few enough per second that a busy machine loses none besides. */
  @ParameterizedTest
  @ValueSource(doubles = {0.001, 0.01, 0.05})
  void lossesAreAsAsked(double share) throws IOException {
    int packets = 100_000;
    OneWay way = OneWay.delayed(Duration.ZERO).with(new Loss.Independent(share));
    LinkMeasurement measured = measure(way, new Effort(5, Duration.ofSeconds(1), packets));

    double margin = Z99 * Math.sqrt(packets * share * (1 - share));
    LossCount out = measured.outbound().loss().orElseThrow();
    LossCount in = measured.inbound().loss().orElseThrow();
    System.out.printf(
        Locale.ROOT,
        "tun: of %d packets %.0f +- %.0f to be lost, %d out, %d in%n",
        packets,
        packets * share,
        margin,
        out.lost(),
        in.lost());
    assertThat((double) out.lost()).isBetween(packets * share - margin, packets * share + margin);
    assertThat((double) in.lost()).isBetween(packets * share - margin, packets * share + margin);
  }

  /** What a relay cannot show: 8 MiB over 70 ms and 1 % loss, by congestion control. */
  @Test
  void lossSlowsCubicDownFarMoreThanBbr() throws IOException {
    LossyTransfer.needsBbr();
    double cubic = medianSeconds("cubic");
    double bbr = medianSeconds("bbr");
    System.out.printf(Locale.ROOT, "tun: 8 MiB, cubic %.1f s, bbr %.1f s%n", cubic, bbr);
    assertThat(cubic / bbr).isGreaterThan(5);
  }

  private static double medianSeconds(String congestionControl) {
    LossyTransfer transfer = new LossyTransfer(TUN, congestionControl);
    return DoubleStream.of(1, 2, 3)
        .map(seed -> transfer.seconds((long) seed))
        .sorted()
        .skip(1)
        .findFirst()
        .orElseThrow();
  }
}
