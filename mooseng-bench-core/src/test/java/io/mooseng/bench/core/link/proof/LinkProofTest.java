package io.mooseng.bench.core.link.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkClaims;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.WakeUpLatency;
import io.mooseng.bench.core.link.profile.LinkEffect;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.OneWay;
import io.mooseng.bench.core.link.relay.RelayBackend;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class LinkProofTest {

  /** Each direction of each hop may be early by what waking is taken to last. */
  private static final long EARLY_NANOS = WakeUpLatency.LARGEST_NANOS;

  private static final RelayBackend RELAY = new RelayBackend();
  private static final Effort EFFORT = new Effort(9, Duration.ofMillis(100), 500);
  private static final LinkPath SHORT =
      LinkPath.of(LinkProfile.symmetric("short", Duration.ofMillis(4), "test"));
  private static final LinkPath LONG =
      LinkPath.of(LinkProfile.symmetric("long", Duration.ofMillis(60), "test"));

  private static LinkMeasurement measure(LinkPath path) throws IOException {
    try (EmulatedNetwork network = RELAY.open(new LinkRequest(path, 1, "test"))) {
      return LinkProof.measure(network, path, RELAY.claims(), EFFORT);
    }
  }

  @Test
  void noPingIsFasterThanTheLinkAndNoFirstAnswerThanTwo() throws IOException {
    LinkMeasurement measured = measure(SHORT);

    assertThat(measured.pings()).isEqualTo(9);
    assertThat(measured.rttMinNanos()).isGreaterThanOrEqualTo(4_000_000 - 2 * EARLY_NANOS);
    assertThat(measured.firstAnswerNanos()).isGreaterThanOrEqualTo(8_000_000 - 2 * EARLY_NANOS);
    assertThat(measured.outbound()).isEqualTo(LinkMeasurement.Way.NONE);
  }

  @Test
  void theDelaysOfAllLinksOfAPathAddUp() throws IOException {
    LinkProfile profile = SHORT.hops().get(0).profile();
    LinkPath chain =
        new LinkPath(
            "chain",
            List.of(
                new LinkPath.Hop("client", "a", profile),
                new LinkPath.Hop("a", "b", profile),
                new LinkPath.Hop("b", "server", profile)));
    LinkMeasurement measured = measure(chain);

    assertThat(measured.rttMinNanos()).isGreaterThanOrEqualTo(12_000_000 - 6 * EARLY_NANOS);
    assertThat(measured.firstAnswerNanos()).isGreaterThanOrEqualTo(24_000_000 - 6 * EARLY_NANOS);
  }

  @Test
  void noStreamIsFasterThanTheRateOfItsDirection() throws IOException {
    OneWay way = OneWay.delayed(Duration.ofMillis(1));
    LinkPath path =
        LinkPath.of(
            new LinkProfile("x", way.limitedTo(5_000_000), way.limitedTo(10_000_000), "test"));
    LinkMeasurement measured = measure(path);

    // A late wake-up at its middle makes the second half of a stream look shorter.
    assertThat(measured.outbound().bitsPerSecond().orElseThrow()).isBetween(1e5, 7.5e6);
    assertThat(measured.inbound().bitsPerSecond().orElseThrow()).isBetween(1e5, 15e6);
  }

  @Test
  void aLinkThatIsNotTheOneAskedForIsNoticed() throws IOException {
    LinkMeasurement measured = measure(LONG);

    List<String> lines = new LinkExpectation(SHORT, RELAY.claims()).deviations(measured);
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches("the link has a round trip of \\d+\\.\\d\\d ms where 4\\.00 ms was asked for");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 500})
  void whatModelsLossesHasThemCounted(int count) throws IOException {
    LinkClaims packets =
        new LinkClaims("all", EnumSet.allOf(LinkEffect.class), Map.of(), List.of());
    try (EmulatedNetwork loopback = new Loopback()) {
      LinkMeasurement measured =
          LinkProof.measure(
              loopback, SHORT, packets, new Effort(EFFORT.pings(), EFFORT.stream(), count));

      assertThat(measured.outbound().loss()).contains(new LossCount(count, 0));
      assertThat(measured.inbound().loss()).contains(new LossCount(count, 0));
    }
  }

  @Test
  void aNetworkThatLeadsNowhereIsSaid() throws IOException {
    try (EmulatedNetwork nowhere = new Nowhere()) {
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> LinkProof.measure(nowhere, SHORT, RELAY.claims(), EFFORT));
    }
  }

  /** No link at all. */
  private static class Loopback implements EmulatedNetwork {

    @Override
    public List<String> serverCommand() {
      return List.of();
    }

    @Override
    public InetAddress serverHost() {
      return InetAddress.getLoopbackAddress();
    }

    @Override
    public InetSocketAddress reach(InetSocketAddress server) {
      return server;
    }

    @Override
    public void close() {}
  }

  private static final class Nowhere extends Loopback {

    @Override
    public InetSocketAddress reach(InetSocketAddress server) {
      return new InetSocketAddress(InetAddress.getLoopbackAddress(), 1);
    }
  }
}
