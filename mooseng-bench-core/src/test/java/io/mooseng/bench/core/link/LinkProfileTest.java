package io.mooseng.bench.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkProfileTest {

  @ParameterizedTest
  @CsvSource({
    "us-east-1:us-west-1, 72700000",
    "us-west-1:ap-northeast-2, 131500000",
    "us-east-1:ap-northeast-2, 178400000"
  })
  void presetsHaveTheirPublishedRoundTrip(String name, long rttNanos) {
    LinkProfile profile = LinkPresets.byName(name);

    assertThat(profile.rtt().toNanos()).isEqualTo(rttNanos);
    assertThat(profile.outbound()).isEqualTo(profile.inbound());
    assertThat(profile.source()).contains("2017", "split evenly");
  }

  @Test
  void anUnknownPresetIsAnsweredWithTheKnownOnes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinkPresets.byName("mars"))
        .withMessage(
            "'mars' is not a link preset; accepted: us-east-1:us-west-1,"
                + " us-west-1:ap-northeast-2, us-east-1:ap-northeast-2");
  }

  @Test
  void anOddNanosecondIsNotLost() {
    LinkProfile profile = LinkProfile.symmetric("odd", Duration.ofNanos(7), "test");

    assertThat(profile.outbound().delay()).hasNanos(3);
    assertThat(profile.inbound().delay()).hasNanos(4);
    assertThat(profile.rtt()).hasNanos(7);
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-0.000000001S", "PT10.000000001S", "PT2562047788015215H"})
  void absurdDelaysAreRefused(String delay) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> OneWay.delayed(Duration.parse(delay)))
        .withMessageMatching("one-way delay PT\\S+ is not accepted; accepted: PT0S to PT10S");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 999, 1_000_000_000_001L})
  void absurdRatesAreRefused(long rate) {
    OneWay way = OneWay.delayed(Duration.ZERO);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> way.limitedTo(rate))
        .withMessage(
            "rate "
                + rate
                + " bit/s is not accepted; accepted: 1000 to 1000000000000 bit/s, or no rate");
  }

  @Test
  void aProfileHasANameAndASource() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinkProfile.symmetric(" ", Duration.ZERO, "test"))
        .withMessage("the name of a link profile cannot be blank");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LinkProfile.symmetric("x", Duration.ZERO, ""))
        .withMessage("the source of a link profile cannot be blank");
  }

  @Test
  void theRelayRefusesRowsThatTimeAConnect() {
    LinkClaims claims = LinkClaims.relay();

    claims.require(LinkEffect.DELAY);
    assertThat(claims.stamps()).contains("handshake modelled");
    assertThatThrownBy(() -> claims.require(LinkEffect.TCP_CONNECT))
        .isInstanceOf(UnsupportedOperationException.class)
        .hasMessage(
            "backend 'relay' does not model tcp-connect: the local kernel completes the connect at"
                + " once");
    assertThatThrownBy(() -> claims.require(LinkEffect.LOSS)).hasMessageContaining("loss");
  }

  @Test
  void theAllowanceOfALimitedDirectionIsItsDelayAndAQueueOfOneRoundTrip() {
    RelayLimits limits = new RelayLimits(1 << 10, 32 << 20, 64 << 20);
    Duration rtt = Duration.ofMillis(100);
    OneWay way = OneWay.delayed(Duration.ofMillis(50));

    assertThat(limits.allowanceBytes(way, rtt)).isEqualTo(32 << 20);
    assertThat(limits.allowanceBytes(way.limitedTo(80_000_000), rtt)).isEqualTo(1_500_000);
    assertThat(limits.allowanceBytes(way.limitedTo(1_000), rtt)).isEqualTo(64 << 10);
  }
}
