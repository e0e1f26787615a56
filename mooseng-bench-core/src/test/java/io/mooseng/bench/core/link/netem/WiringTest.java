package io.mooseng.bench.core.link.netem;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.link.profile.Bottleneck;
import io.mooseng.bench.core.link.profile.Jitter;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkPath.Hop;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.Loss;
import io.mooseng.bench.core.link.profile.OneWay;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class WiringTest {

  private static final OneWay FAST = OneWay.delayed(Duration.ZERO);
  private static final Wiring.Seeds UNSEEDED = (hop, outbound) -> OptionalLong.empty();

  private static LinkPath path(OneWay out, OneWay in) {
    return LinkPath.of(new LinkProfile("test", out, in, "this test"));
  }

  @Test
  void aLinkIsTwoBridgesWithAWireBetweenThem() {
    assertThat(new Wiring(path(FAST, FAST), "end").devices("near", "far"))
        .containsExactly(
            "link add b0 type bridge stp_state 0 mcast_snooping 0",
            "link set dev b0 up",
            "link add b1 type bridge stp_state 0 mcast_snooping 0",
            "link set dev b1 up",
            "link add w0f type veth peer name end address 02:00:c6:12:00:01 netns near",
            "link set dev w0f mtu 1500 master b0 up",
            "link add w1n type veth peer name w1f",
            "link set dev w1n mtu 1500 master b0 up",
            "link set dev w1f mtu 1500 master b1 up",
            "link add w2n type veth peer name end address 02:00:c6:12:00:02 netns far",
            "link set dev w2n mtu 1500 master b1 up");
  }

  @Test
  void endsSendNoPacketsToBeCutLaterAndAskNobodyForAddresses() {
    assertThat(new Wiring(path(FAST, FAST), "end").end(Wiring.CLIENT))
        .containsExactly(
            "link set dev end mtu 1500 gso_max_segs 1",
            "address add 198.18.0.1/24 dev end",
            "link set dev end up",
            "neighbour add 198.18.0.2 lladdr 02:00:c6:12:00:02 dev end nud permanent");
  }

  /** The rate where packets wait for it, all the rest where they have left it. */
  @Test
  void conditionsAreInThePathAndNotOnTheSendersInterface() {
    OneWay out =
        OneWay.delayed(Duration.ofMillis(35)).limitedTo(new Bottleneck(100_000_000, 64_000));
    OneWay in = OneWay.delayed(Duration.ofMillis(40)).with(new Loss.Independent(0.001));

    assertThat(new Wiring(path(out, in), "end").conditions(UNSEEDED))
        .containsExactly(
            "qdisc add dev w1n root handle 1: stab overhead -14 linklayer ethernet htb default 1",
            "class add dev w1n parent 1: classid 1:1 htb rate 100000000bit burst 12500 cburst 12500"
                + " quantum 1500",
            "qdisc add dev w1n parent 1:1 handle 10: bfifo limit 64000",
            "qdisc add dev w2n root handle 1: netem limit 10000000 delay 35000us",
            "qdisc add dev w0f root handle 1: netem limit 10000000 delay 40000us loss random 0.1%");
  }

  @Test
  void everyImpairmentHasItsWords() {
    OneWay all =
        new OneWay(
            Duration.ofMillis(50),
            new Jitter(Duration.ofNanos(4_500_250), Jitter.Distribution.NORMAL, 0.25),
            new Loss.GilbertElliott(0.002, 0.2, 0.5, 0.0001),
            Optional.empty(),
            0.01,
            0.02,
            0.0005);

    assertThat(Discipline.path(all, "w2n", OptionalLong.of(-1)))
        .containsExactly(
            "qdisc add dev w2n root handle 1: netem limit 10000000 delay 50000us 4500.25us 25%"
                + " distribution normal rate 30gbit loss gemodel 0.2% 20% 50% 0.01% reorder 1%"
                + " duplicate 2% corrupt 0.05% seed 18446744073709551615");
  }

  @Test
  void nothingAskedIsNothingDone() {
    assertThat(new Wiring(path(FAST, FAST), "end").conditions(UNSEEDED)).isEmpty();
  }

  @Test
  void linksFollowEachOther() {
    LinkProfile first = LinkProfile.symmetric("first", Duration.ofMillis(20), "this test");
    LinkProfile second = LinkProfile.symmetric("second", Duration.ofMillis(30), "this test");
    LinkPath two =
        new LinkPath(
            "two",
            List.of(new Hop("client", "middle", first), new Hop("middle", "server", second)));

    assertThat(
            new Wiring(two, "end")
                .conditions((hop, out) -> OptionalLong.of(hop * 2 + (out ? 0 : 1))))
        .containsExactly(
            "qdisc add dev w2n root handle 1: netem limit 10000000 delay 10000us seed 0",
            "qdisc add dev w0f root handle 1: netem limit 10000000 delay 10000us seed 1",
            "qdisc add dev w4n root handle 1: netem limit 10000000 delay 15000us seed 2",
            "qdisc add dev w2f root handle 1: netem limit 10000000 delay 15000us seed 3");
  }
}
