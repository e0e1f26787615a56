package io.mooseng.bench.core.link.netem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.Bottleneck;
import io.mooseng.bench.core.link.profile.Jitter;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.Loss;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Needs the privileges of root, and a kernel with netem. */
@Timeout(120)
class NetemNetworkTest {

  private final NetemBackend backend = new NetemBackend();

  @BeforeEach
  void needsTheBackend() {
    assumeTrue(backend.obstacle().isEmpty(), () -> backend.obstacle().orElseThrow().missing());
  }

  private static LinkRequest request(OneWay out, OneWay in) {
    LinkProfile profile = new LinkProfile("test", out, in, "this test");
    return new LinkRequest(LinkPath.of(profile), 7, "netemtest");
  }

  private static void connect(EmulatedNetwork network) throws IOException {
    try (ServerSocketChannel server =
        network.atServer(
            () ->
                ServerSocketChannel.open().bind(new InetSocketAddress(network.serverHost(), 0)))) {
      InetSocketAddress address = network.reach((InetSocketAddress) server.getLocalAddress());
      network.atClient(() -> SocketChannel.open(address)).close();
    }
  }

  @Test
  void aConnectTakesARoundTripAtLeast() throws IOException {
    OneWay way = OneWay.delayed(Duration.ofMillis(15));
    try (EmulatedNetwork network = backend.open(request(way, way))) {
      long start = System.nanoTime();
      connect(network);

      assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(30_000_000);
    }
  }

  /** Every word this backend ever says to tc, accepted by the tc and the kernel that are here. */
  @Test
  void theKernelTakesAllConditionsAtOnce() throws IOException {
    OneWay all =
        new OneWay(
            Duration.ofMillis(2),
            new Jitter(Duration.ofMillis(1), Jitter.Distribution.NORMAL, 0.25),
            new Loss.GilbertElliott(0.002, 0.2, 0.5, 0.0001),
            Optional.of(new Bottleneck(100_000_000, 64_000)),
            0.01,
            0.02,
            0.0005);
    OneWay other =
        all.with(new Loss.Independent(0.01))
            .with(new Jitter(Duration.ofMillis(1), Jitter.Distribution.PARETO, 0));
    try (EmulatedNetwork network = backend.open(request(all, other))) {
      connect(network);
    }
  }
}
