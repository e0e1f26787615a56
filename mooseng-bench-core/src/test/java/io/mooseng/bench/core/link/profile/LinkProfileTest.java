package io.mooseng.bench.core.link.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinkProfileTest {

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
  void jitterBeyondTheDelayIsRefused() {
    OneWay way = OneWay.delayed(Duration.ofMillis(5));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> way.with(new Jitter(Duration.ofMillis(6), Jitter.Distribution.NORMAL, 0)))
        .withMessage(
            "jitter of PT0.006S with a one-way delay of PT0.005S is not accepted; accepted: a jitter"
                + " up to the delay");
  }

  @Test
  void anythingButAShareIsRefusedAsAProbability() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Loss.Independent(1.5))
        .withMessage("loss of 150% is not accepted; accepted: from 0% to 100%");
    assertThatIllegalArgumentException().isThrownBy(() -> new Loss.Independent(-0.1));
    assertThatIllegalArgumentException().isThrownBy(() -> new Loss.Independent(Double.NaN));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Loss.GilbertElliott(0.1, 0, 1, 0))
        .withMessageContaining("would never end");
  }

  @Test
  void whatAProfileAsksForIsKnown() {
    OneWay plain = OneWay.delayed(Duration.ofMillis(5));
    LinkProfile profile =
        new LinkProfile(
            "x", plain.with(new Loss.Independent(0.1)), plain.limitedTo(1_000_000), "test");

    assertThat(profile.effects())
        .containsExactlyInAnyOrder(LinkEffect.DELAY, LinkEffect.LOSS, LinkEffect.RATE);
    assertThat(LinkProfile.symmetric("none", Duration.ZERO, "test").effects()).isEmpty();
    assertThat(profile.reversed().outbound()).isEqualTo(profile.inbound());
  }

  @Test
  void aRateWithoutAQueueGetsOneOfARoundTrip() {
    OneWay way = OneWay.delayed(Duration.ofMillis(50));

    assertThat(way.limitedTo(80_000_000).bottleneck())
        .contains(new Bottleneck(80_000_000, 1_000_000));
    assertThat(way.limitedTo(1_000).bottleneck()).contains(new Bottleneck(1_000, 64 << 10));
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
}
