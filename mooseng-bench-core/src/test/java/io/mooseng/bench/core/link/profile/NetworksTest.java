package io.mooseng.bench.core.link.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mooseng.bench.core.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NetworksTest {

  private static final String HEAD = "name: mine\nsource: test, 2026-11\n";

  private final Networks networks = new Networks("--network");

  private OneWay outbound(String yaml) {
    return profile(yaml).outbound();
  }

  private LinkProfile profile(String yaml) {
    return networks.parse("--network f.yaml", HEAD + yaml).hops().get(0).profile();
  }

  @Test
  void aPresetIsOneLinkFromClientToServer() {
    LinkPath path = networks.path("wan-70");

    assertThat(path.name()).isEqualTo("wan-70");
    assertThat(path.rtt()).hasMillis(70);
    assertThat(path.hops()).extracting(LinkPath.Hop::from).containsExactly("client");
    assertThat(path.hops()).extracting(LinkPath.Hop::to).containsExactly("server");
  }

  @Test
  void aProfileSaysEverythingOfBothDirections() {
    LinkProfile profile =
        profile(
            """
            delay: 35ms
            jitter: {size: 2ms, distribution: normal, correlation: 25%}
            loss: {gilbert-elliott: {to-bad: 1%, to-good: 30%, loss-in-bad: 80%, loss-in-good: 0.1%}}
            rate: 10mbit
            queue: 256KB
            reorder: 0.5%
            duplicate: 0.2%
            corrupt: 0.1%
            """);

    assertThat(profile.outbound())
        .isEqualTo(
            new OneWay(
                Duration.ofMillis(35),
                new Jitter(Duration.ofMillis(2), Jitter.Distribution.NORMAL, 0.25),
                new Loss.GilbertElliott(0.01, 0.3, 0.8, 0.001),
                java.util.Optional.of(new Bottleneck(10_000_000, 256 << 10)),
                0.005,
                0.002,
                0.001));
    assertThat(profile.inbound()).isEqualTo(profile.outbound());
    assertThat(profile.name()).isEqualTo("mine");
  }

  @Test
  void aDirectionGoesBeforeBoth() {
    LinkProfile profile =
        profile(
            "delay: 10ms\nloss: 1%\noutbound: {loss: 0%, rate: 1mbit}\ninbound: {delay: 30ms}\n");

    assertThat(profile.outbound().loss()).isEqualTo(Loss.NONE);
    assertThat(profile.outbound().bitsPerSecond()).hasValue(1_000_000);
    assertThat(profile.outbound().delay()).hasMillis(10);
    assertThat(profile.inbound().loss()).isEqualTo(new Loss.Independent(0.01));
    assertThat(profile.inbound().delay()).hasMillis(30);
    assertThat(profile.inbound().bottleneck()).isEmpty();
    assertThat(profile.rtt()).hasMillis(40);
  }

  @Test
  void aRoundTripIsHalved() {
    assertThat(outbound("rtt: 70ms\n").delay()).hasMillis(35);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "loss: -1%|line 3: key 'loss': \"-1%\": accepted: from 0% to 100%, such as 0.1%",
        "loss: 101%|line 3: key 'loss': \"101%\": accepted: from 0% to 100%, such as 0.1%",
        "loss: 1|line 3: key 'loss': 1: accepted: from 0% to 100%, such as 0.1%",
        "delay: -5ms|line 3: key 'delay': \"-5ms\": accepted: a time from 0ms to 10s, such as 35ms",
        "delay: 11s|line 3: key 'delay': \"11s\": accepted: a time from 0ms to 10s, such as 35ms",
        "rate: 0mbit|line 3: key 'rate': \"0mbit\": accepted: a rate from 1kbit to 1000gbit, such as"
            + " 10mbit",
        "queue: 1MB|line 3: key 'queue': \"1MB\": accepted: a queue only with a rate: without one"
            + " nothing waits",
        "speed: 1|line 3: unknown key 'speed'; accepted: name, source, rtt, delay, jitter, loss,"
            + " rate, queue, reorder, duplicate, corrupt, outbound, inbound",
        "outbound: {rtt: 1ms}|line 3: unknown key 'outbound.rtt'; accepted: delay, jitter, loss,"
            + " rate, queue, reorder, duplicate, corrupt",
        "jitter: {size: 1ms, distribution: laplace}|line 3: key 'jitter.distribution': \"laplace\":"
            + " accepted: uniform, normal, pareto",
        "reorder: 1%|reorder without a delay is not accepted: no packet waits that could be"
            + " overtaken; accepted: a delay above 0",
        "jitter: 1ms|jitter of PT0.001S with a one-way delay of PT0S is not accepted; accepted: a"
            + " jitter up to the delay",
      })
  void whatIsWrongIsSaidInOneLine(String yaml, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> profile(yaml + "\n"))
        .withMessage("--network f.yaml: " + message);
  }

  @Test
  void roundTripAndDelayContradictEachOther() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> profile("rtt: 70ms\ninbound: {delay: 3ms}\n"))
        .withMessage(
            "--network f.yaml: line 3: key 'rtt': \"70ms\": accepted: either rtt, which is halved,"
                + " or delay, which is one way");
  }

  @Test
  void aProfileOfAUserIsNotCalledLikeAPreset() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> networks.parse("--network f.yaml", "name: lan\nsource: x\n"))
        .withMessageContaining("key 'name': \"lan\": accepted: any name but those of presets");
  }

  @Test
  void anUnknownPresetIsAnsweredWithTheKnownOnes() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> networks.path("mars"))
        .withMessageStartingWith("--network mars: accepted: lan, same-zone, ")
        .withMessageEndingWith(", or a FILE.yaml");
  }

  @Test
  void aFileIsRead(@TempDir Path directory) throws IOException {
    Path file = Files.writeString(directory.resolve("f.yaml"), HEAD + "rtt: 3ms\n");

    assertThat(networks.path(file.toString()).rtt()).hasMillis(3);
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> networks.path("missing.yaml"))
        .withMessage("--network missing.yaml: there is no such file");
  }

  @Test
  void aTopologyIsThePathFromClientToServer() {
    LinkPath path =
        networks.parse(
            "--network f.yaml",
            """
            name: office
            topology: dumbbell
            left: [client, other]
            right: [server]
            link: lan
            links: {left-right: narrow}
            profiles:
              narrow: {source: "test, 2026-11", delay: 5ms, outbound: {rate: 1mbit}}
            """);

    assertThat(path.name()).isEqualTo("office");
    assertThat(path.hops())
        .extracting(hop -> hop.profile().name())
        .containsExactly("lan", "narrow", "lan");
    assertThat(path.hops()).extracting(LinkPath.Hop::to).containsExactly("left", "right", "server");
    assertThat(path.rtt()).hasNanos(10_400_000);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "topology: ring|key 'topology': \"ring\": accepted: star, mesh, chain, dumbbell",
        "topology: star|key 'nodes': missing: accepted: a list of names",
        "topology: star, nodes: [client, hub]|key 'nodes': [\"client\",\"hub\"]: accepted: names of"
            + " lower-case letters and digits, from a letter, but hub",
        "topology: star, nodes: [client, x], link: lan|a run is between the nodes 'client' and"
            + " 'server': 'server' is not a node; accepted: client, x, hub",
        "topology: star, nodes: [client, server], link: mars|key 'link': \"mars\": accepted: one of",
        "topology: star, nodes: [client, server]|key 'link': missing: accepted",
        "topology: mesh, nodes: [client, server], links: {a-b: lan}|unknown key 'links.a-b';"
            + " accepted: client-server",
        "topology: mesh, nodes: [client, server, server], link: lan|accepted: each name once",
      })
  void whatIsWrongWithATopologyIsSaidInOneLine(String yaml, String message) {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> networks.parse("--network f.yaml", "{name: mine, " + yaml + "}\n"))
        .withMessageStartingWith("--network f.yaml: ")
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("\n"));
  }
}
