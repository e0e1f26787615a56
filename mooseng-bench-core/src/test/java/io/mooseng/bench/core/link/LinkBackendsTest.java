package io.mooseng.bench.core.link;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.link.profile.LinkEffect;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkPresets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LinkBackendsTest {

  private static final LinkPath WAN = path("wan-70");
  private static final LinkPath LOSSY = path("lossy-mobile");

  private final Set<LinkEffect> streams =
      EnumSet.of(LinkEffect.DELAY, LinkEffect.JITTER, LinkEffect.RATE);
  private final FakeBackend relay = new FakeBackend("relay", streams, null);
  private final FakeBackend packets =
      new FakeBackend("packets", EnumSet.allOf(LinkEffect.class), null);
  private final FakeBackend absent =
      new FakeBackend(
          "packets", EnumSet.allOf(LinkEffect.class), new Obstacle("no /dev/net/tun", "load tun"));

  private static LinkPath path(String preset) {
    return LinkPath.of(LinkPresets.load().named(preset).orElseThrow());
  }

  private static LinkBackends of(LinkBackend... backends) {
    return new LinkBackends(List.of(backends));
  }

  @Test
  void autoTakesTheOneThatNeedsLeastAndCanDoWhatIsAsked() throws Exception {
    LinkBackends backends = of(packets, relay);

    assertThat(backends.names()).containsExactly("relay", "packets");
    assertThat(backends.choose("auto", WAN)).isSameAs(relay);
    assertThat(backends.choose("auto", LOSSY)).isSameAs(packets);
    assertThat(backends.choose("packets", WAN)).isSameAs(packets);
  }

  @Test
  void whatABackendDoesNotModelIsRefusedWithWhatWould() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> of(relay, packets).choose("relay", LOSSY))
        .withMessage(
            "--network lossy-mobile with --backend relay: it does not model loss: not by relay;"
                + " accepted: --backend packets");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> of(relay).choose("relay", LOSSY))
        .withMessageEndingWith("accepted: conditions without loss");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> of(relay).choose("auto", LOSSY))
        .withMessageStartingWith("--network lossy-mobile: no backend models ");
  }

  @Test
  void anUnknownBackendIsAnsweredWithTheKnownOnes() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> of(relay, packets).choose("tin", WAN))
        .withMessage("--backend tin: accepted: auto, relay, packets");
  }

  @Test
  void oneThatDoesNotWorkHereSaysWhatItLacks() {
    String line = "--backend packets is not available here: no /dev/net/tun; load tun";
    assertThatExceptionOfType(BackendUnavailableException.class)
        .isThrownBy(() -> of(relay, absent).choose("packets", WAN))
        .withMessage(line);
    assertThatExceptionOfType(BackendUnavailableException.class)
        .isThrownBy(() -> of(relay, absent).choose("auto", LOSSY))
        .withMessage(line);
  }

  @Test
  void theRelayIsFoundAndRefusesLoss() throws Exception {
    LinkBackends backends = LinkBackends.load();

    assertThat(backends.choose("auto", WAN).name()).isEqualTo("relay");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> backends.choose("relay", LOSSY))
        .withMessageStartingWith(
            "--network lossy-mobile with --backend relay: it does not model loss: no packet is lost"
                + " on loopback; accepted: ");
  }

  private record FakeBackend(String name, Set<LinkEffect> modelled, Obstacle missing)
      implements LinkBackend {

    @Override
    public String description() {
      return name;
    }

    @Override
    public LinkClaims claims() {
      Map<LinkEffect, String> rest = new EnumMap<>(LinkEffect.class);
      EnumSet.complementOf(EnumSet.copyOf(modelled))
          .forEach(effect -> rest.put(effect, "not by " + name));
      return new LinkClaims(name, modelled, rest, List.of());
    }

    @Override
    public boolean reachesAnyServer() {
      return false;
    }

    @Override
    public Optional<Obstacle> obstacle() {
      return Optional.ofNullable(missing);
    }

    @Override
    public EmulatedNetwork open(LinkRequest request) {
      throw new UnsupportedOperationException("not in this test");
    }
  }
}
