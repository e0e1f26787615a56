package io.mooseng.bench.core.link.profile;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkPresetsTest {

  private final LinkPresets presets = LinkPresets.load();

  @Test
  void everyPresetThatWasPromisedIsThere() {
    assertThat(presets.names())
        .contains(
            "lan",
            "same-zone",
            "cross-zone",
            "wan-70",
            "wan-120",
            "wan-180",
            "transatlantic",
            "lossy-mobile",
            "mobile-4g",
            "constrained-10mbit",
            "satellite",
            "congested");
  }

  @Test
  void everyPresetSaysFromWhereAndWhen() {
    assertThat(presets.all())
        .allSatisfy(
            profile -> {
              assertThat(profile.source()).as(profile.name()).matches("(?s).*20\\d\\d-\\d\\d.*");
              assertThat(profile.effects()).contains(LinkEffect.DELAY);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "us-east-1:us-west-1, 72700000",
    "us-west-1:ap-northeast-2, 131500000",
    "us-east-1:ap-northeast-2, 178400000",
    "wan-70, 70000000",
    "wan-120, 120000000",
    "wan-180, 180000000"
  })
  void presetsHaveTheRoundTripTheyAreNamedFor(String name, long rttNanos) {
    LinkProfile profile = presets.named(name).orElseThrow();

    assertThat(profile.rtt().toNanos()).isEqualTo(rttNanos);
    assertThat(profile.outbound()).isEqualTo(profile.inbound());
    assertThat(profile.effects()).containsExactly(LinkEffect.DELAY);
  }

  @Test
  void lossesOfThePresetsAreTheirDescriptions() {
    assertThat(presets.named("lossy-mobile").orElseThrow().inbound().loss().average())
        .isCloseTo(0.0196, org.assertj.core.data.Offset.offset(0.0001));
    assertThat(presets.named("mobile-4g").orElseThrow().outbound().bitsPerSecond())
        .hasValue(9_000_000);
    assertThat(presets.named("mars")).isEmpty();
  }
}
