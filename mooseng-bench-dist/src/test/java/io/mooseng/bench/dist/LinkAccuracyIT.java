package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkBackend;
import io.mooseng.bench.core.link.LinkBackends;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.OneWay;
import io.mooseng.bench.core.link.proof.Effort;
import io.mooseng.bench.core.link.proof.LinkMeasurement;
import io.mooseng.bench.core.link.proof.LinkProof;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How accurate the relay is. These are times of the wall clock: they want a quiet machine. */
@Tag("acceptance")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class LinkAccuracyIT {

  private static final double NANOS_PER_MILLI = 1e6;
  private static final LinkBackend RELAY = LinkBackends.load().named("relay").orElseThrow();

  private static LinkPath delayed(int rttMillis) {
    return LinkPath.of(LinkProfile.symmetric("test", Duration.ofMillis(rttMillis), "this test"));
  }

  private static EmulatedNetwork open(LinkPath path) throws IOException {
    return RELAY.open(new LinkRequest(path, 1, "test"));
  }

  private static LinkMeasurement measure(LinkPath path, Effort effort) throws IOException {
    try (EmulatedNetwork network = open(path)) {
      return LinkProof.measure(network, path, RELAY.claims(), effort);
    }
  }

  /** What measures is compiled before it measures: the first pings of a JVM are slow. */
  @BeforeAll
  static void warmUp() throws IOException {
    measure(delayed(5), new Effort(400, Duration.ofSeconds(1), 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {70, 120, 180})
  void roundTripsAreAsAsked(int rttMillis) throws IOException {
    LinkMeasurement measured =
        measure(delayed(rttMillis), new Effort(300, Duration.ofSeconds(1), 1));

    double p50 = measured.rttNanos(50) / NANOS_PER_MILLI;
    double p99 = measured.rttNanos(99) / NANOS_PER_MILLI;
    System.out.printf(
        Locale.ROOT, "relay: RTT %d ms asked, p50 %.3f, p99 %.3f ms%n", rttMillis, p50, p99);
    assertThat(p50).isBetween((double) rttMillis, rttMillis + 0.3);
    assertThat(p99).isLessThan(rttMillis + 2.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 100, 1_000})
  void ratesAreWithinThreePercent(int mbit) throws IOException {
    OneWay way = OneWay.delayed(Duration.ofMillis(1)).limitedTo(mbit * 1_000_000L);
    LinkPath path = LinkPath.of(new LinkProfile("test", way, way, "this test"));
    LinkMeasurement measured = measure(path, new Effort(5, Duration.ofSeconds(4), 1));

    assertThat(measured.outbound().bitsPerSecond().orElseThrow())
        .isCloseTo(mbit * 1e6, Percentage.withPercentage(3));
    assertThat(measured.inbound().bitsPerSecond().orElseThrow())
        .isCloseTo(mbit * 1e6, Percentage.withPercentage(3));
  }

  @Test
  void withoutConditionsItPassesEightGigabits() throws IOException {
    long bytes = 4L << 30;
    try (EmulatedNetwork network = open(delayed(0))) {
      LinkProof.transfer(network, bytes);
      double best = 0;
      for (int i = 0; i < 3; i++) {
        best = Math.max(best, bytes * 8.0 / LinkProof.transfer(network, bytes));
      }
      System.out.printf("the relay passes %.1f Gbit/s%n", best);
      assertThat(best).as("Gbit/s").isGreaterThanOrEqualTo(8);
    }
  }

  @Test
  void roundTripsDoNotDriftInTenMinutes() throws IOException {
    LinkPath path = delayed(70);
    try (EmulatedNetwork network = open(path)) {
      Drift.inTenMinutes("relay", network, path, RELAY.claims());
    }
  }
}
