package io.mooseng.bench.core.link.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.profile.Jitter;
import io.mooseng.bench.core.link.profile.LinkEffect;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.Loss;
import io.mooseng.bench.core.link.profile.OneWay;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** No link is opened here: measurements are made up. */
class LinkExpectationTest {

  private static final LinkClaims EVERYTHING =
      new LinkClaims("all", EnumSet.allOf(LinkEffect.class), Map.of(), List.of());

  private static LinkPath path(UnaryOperator<OneWay> way) {
    OneWay direction = way.apply(OneWay.delayed(Duration.ofMillis(50)));
    return LinkPath.of(new LinkProfile("test", direction, direction, "test"));
  }

  private static LinkMeasurement measured(double rttMillis, LinkMeasurement.Way both) {
    long[] pings = new long[20];
    Arrays.fill(pings, (long) (rttMillis * 1e6));
    return new LinkMeasurement(pings, 100_000_000, 200_000_000, both, both);
  }

  private static LinkMeasurement.Way way(Double bitsPerSecond, LossCount loss) {
    return new LinkMeasurement.Way(Optional.ofNullable(bitsPerSecond), Optional.ofNullable(loss));
  }

  private static List<String> deviations(LinkPath path, LinkMeasurement measured) {
    return new LinkExpectation(path, EVERYTHING).deviations(measured);
  }

  @Test
  void aLinkThatIsAsAskedHasNoDeviations() {
    assertThat(deviations(path(way -> way), measured(100.4, LinkMeasurement.Way.NONE))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"102, true", "102.1, false", "98, true", "97.9, false", "200, false", "50, false"})
  void theMedianMayBeTwoPercentOff(double rttMillis, boolean accepted) {
    List<String> lines =
        deviations(path(way -> way), measured(rttMillis, LinkMeasurement.Way.NONE));

    assertThat(lines.isEmpty()).isEqualTo(accepted);
  }

  @Test
  void aShortRoundTripMayBeAMillisecondOff() {
    LinkPath path = LinkPath.of(LinkProfile.symmetric("x", Duration.ofMillis(4), "test"));

    assertThat(new LinkExpectation(path, EVERYTHING).rttToleranceNanos(20)).isEqualTo(1_000_000);
  }

  @Test
  void whatIsWrongIsSaidWithBothNumbers() {
    LinkMeasurement slow =
        new LinkMeasurement(
            new long[] {200_000_000},
            1_000,
            900_000_000,
            way(5e6, new LossCount(1_000, 100)),
            way(10.1e6, new LossCount(1_000, 0)));

    assertThat(deviations(path(way -> way.limitedTo(10_000_000)), slow))
        .containsExactly(
            "the link has a round trip of 200.00 ms where 100.00 ms was asked for",
            "a first answer takes 900.00 ms where 200.00 ms was asked for",
            "a connect takes 0.00 ms where 100.00 ms was asked for",
            "the link carries 5.00 Mbit/s outbound where 10.00 Mbit/s was asked for",
            "the link loses 10.00 % outbound (100 of 1000 packets) where 0.00 % was asked for");
  }

  @ParameterizedTest
  @CsvSource({"10, true", "23, true", "24, false", "0, true", "60, false"})
  void lossesMayDifferByChanceAndNoMore(int lost, boolean accepted) {
    LinkPath path = path(way -> way.with(new Loss.Independent(0.01)));
    LinkMeasurement measured = measured(100, way(null, new LossCount(1_000, lost)));

    assertThat(deviations(path, measured).isEmpty()).isEqualTo(accepted);
  }

  @Test
  void burstsDifferMoreByChance() {
    Loss bursts = new Loss.GilbertElliott(0.0025, 0.25, 1, 0);
    LinkMeasurement measured = measured(100, way(null, new LossCount(1_000, 35)));

    assertThat(deviations(path(way -> way.with(bursts)), measured)).isEmpty();
    assertThat(deviations(path(way -> way.with(new Loss.Independent(0.0099))), measured))
        .hasSize(2);
  }

  @Test
  void withoutLossOnePacketIsNoEvidenceAndTwoAre() {
    LinkPath path = path(way -> way);

    assertThat(deviations(path, measured(100, way(null, new LossCount(1_000, 1))))).isEmpty();
    assertThat(deviations(path, measured(100, way(null, new LossCount(1_000, 2))))).hasSize(2);
  }

  @Test
  void theMedianOfASkewedJitterIsKnown() {
    Jitter jitter = new Jitter(Duration.ofMillis(20), Jitter.Distribution.PARETO, 0);
    LinkExpectation expected = new LinkExpectation(path(way -> way.with(jitter)), EVERYTHING);

    // The median of the Pareto distribution of each direction is 0.32 sizes below its mean.
    assertThat(expected.rttNanos(50) / 1e6).isCloseTo(90.5, Offset.offset(3.0));
    assertThat(expected.rttNanos(99)).isGreaterThan(expected.rttNanos(50) + 50_000_000);
    assertThat(expected.rttToleranceNanos(20)).isGreaterThan(10_000_000);
  }

  @Test
  void countsAreCounts() {
    assertThat(new LossCount(100_000, 1_000).lowest()).isCloseTo(0.00922, Offset.offset(1e-4));
    assertThat(new LossCount(100_000, 1_000).highest()).isCloseTo(0.01084, Offset.offset(1e-4));
    assertThat(new LossCount(10, 0).lowest()).isCloseTo(0, Offset.offset(1e-12));
    assertThatIllegalArgumentException().isThrownBy(() -> new LossCount(10, 11));
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new LinkMeasurement(
                    new long[0], 0, 0, LinkMeasurement.Way.NONE, LinkMeasurement.Way.NONE));
  }

  @Test
  void percentilesAreByNearestRank() {
    long[] hundred = new long[100];
    for (int i = 0; i < hundred.length; i++) {
      hundred[i] = hundred.length - i;
    }
    LinkMeasurement measured =
        new LinkMeasurement(hundred, 0, 0, LinkMeasurement.Way.NONE, LinkMeasurement.Way.NONE);

    assertThat(measured.rttMinNanos()).isEqualTo(1);
    assertThat(measured.rttNanos(50)).isEqualTo(50);
    assertThat(measured.rttNanos(99)).isEqualTo(99);
    assertThat(measured.rttSpreadNanos()).isEqualTo(50);
  }
}
