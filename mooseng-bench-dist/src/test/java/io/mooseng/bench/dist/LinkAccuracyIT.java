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
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
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

  @ParameterizedTest
  @ValueSource(ints = {70, 120, 180})
  void roundTripsAreAsAsked(int rttMillis) throws IOException {
    LinkMeasurement measured =
        measure(delayed(rttMillis), new Effort(150, Duration.ofSeconds(1), 1));

    assertThat(measured.rttNanos(50) / NANOS_PER_MILLI)
        .isBetween((double) rttMillis, rttMillis + 0.3);
    assertThat(measured.rttNanos(99) / NANOS_PER_MILLI).isLessThan(rttMillis + 2.0);
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
    int rttMillis = 70;
    LinkPath path = delayed(rttMillis);
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(10);
    double[] medians = new double[0];
    try (EmulatedNetwork network = open(path)) {
      while (System.nanoTime() < end) {
        LinkMeasurement measured =
            LinkProof.measure(
                network, path, RELAY.claims(), new Effort(200, Duration.ofSeconds(1), 1));
        medians = Arrays.copyOf(medians, medians.length + 1);
        medians[medians.length - 1] = measured.rttNanos(50) / NANOS_PER_MILLI;
      }
    }
    double last = medians[medians.length - 1];
    assertThat(last).as(Arrays.toString(medians)).isCloseTo(medians[0], Offset.offset(0.2));
  }
}
