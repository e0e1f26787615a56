package io.mooseng.bench.multiregion.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.Networks;
import io.mooseng.bench.core.link.profile.OneWay;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LinkPlanTest {

  private static final RttMatrix WIDE = RttPresets.named("wide");

  private static LinkPlan plan(String network) {
    LinkPath path = new Networks("--network").path(network);
    return LinkPlan.of(LinkPlan.TUN, Optional.of(path), "x", 1);
  }

  @Test
  void withoutConditionsALinkIsItsDistance() {
    assertThat(LinkPlan.DISTANCES.way(WIDE, "us-east-1", "us-west-1"))
        .isEqualTo(OneWay.delayed(Duration.ofNanos(36_350_000)));
    assertThat(LinkPlan.DISTANCES.profileName(WIDE)).isEqualTo("wide");
  }

  @Test
  void conditionsKeepTheDistanceAndTheFirstRegionIsTheClient() {
    LinkPlan mobile = plan("lossy-mobile");
    OneWay up = mobile.way(WIDE, "us-east-1", "ap-northeast-2");
    OneWay down = mobile.way(WIDE, "ap-northeast-2", "us-east-1");
    assertThat(up.delay()).isEqualTo(Duration.ofNanos(89_200_000));
    assertThat(down.delay()).isEqualTo(up.delay());
    OneWay asked = mobile.conditions().orElseThrow().outbound();
    assertThat(up.loss()).isEqualTo(asked.loss());
    assertThat(up.jitter()).isEqualTo(asked.jitter());
    assertThat(up.bottleneck()).isEqualTo(asked.bottleneck());
    assertThat(down.bottleneck())
        .isEqualTo(mobile.conditions().orElseThrow().inbound().bottleneck())
        .isNotEqualTo(up.bottleneck());
    assertThat(mobile.profileName(WIDE)).isEqualTo("wide+lossy-mobile");
  }

  @Test
  void aProfileThatOnlyDelaysChangesNothing() {
    LinkPlan delayed = plan("wan-70");
    assertThat(delayed.conditions()).isEmpty();
    assertThat(delayed.profileName(WIDE)).isEqualTo("wide");
  }

  @Test
  void jitterNeedsADistance() {
    assertThatThrownBy(
            () -> plan("lossy-mobile").way(WIDE.withoutDistance(), "us-east-1", "us-west-1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("accepted: a jitter up to the delay");
  }

  @Test
  void topologiesAndOtherBackendsAreRefused(@TempDir Path directory) throws Exception {
    Path file =
        Files.writeString(
            directory.resolve("t.yaml"),
            """
            name: two-offices
            topology: dumbbell
            left: [client, other]
            right: [server]
            link: lan
            """);
    assertThatThrownBy(() -> plan(file.toString()))
        .hasMessageContaining("'two-offices' is a topology")
        .hasMessageContaining("accepted: a profile");
    assertThatThrownBy(() -> LinkPlan.of("netem", Optional.empty(), "x", 1))
        .hasMessageContaining("accepted: relay, tun");
  }

  @Test
  void theToleranceIsTwoPercentOrAMillisecondAndMoreWithJitter() {
    OneWay plain = OneWay.delayed(Duration.ofMillis(50));
    assertThat(LinkCheck.tolerance(100e6, plain, plain)).isEqualTo(2e6);
    assertThat(LinkCheck.tolerance(10e6, plain, plain)).isEqualTo(1e6);
    OneWay jittery = plan("lossy-mobile").way(WIDE, "us-east-1", "us-west-1");
    double size = jittery.jitter().size().toNanos();
    assertThat(LinkCheck.tolerance(10e6, jittery, jittery))
        .isEqualTo(1e6 + 4 * Math.hypot(size, size) / 3);
  }
}
