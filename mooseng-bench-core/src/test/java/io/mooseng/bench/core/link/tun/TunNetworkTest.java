package io.mooseng.bench.core.link.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.WakeUpLatency;
import io.mooseng.bench.core.link.impair.Impairment;
import io.mooseng.bench.core.link.profile.Jitter;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkPath.Hop;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.Loss;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Real packets through real devices; needs the privileges of root. */
@Timeout(120)
class TunNetworkTest {

  private static final String RUN_ID = "tuntest";
  private static final OneWay PLAIN = OneWay.delayed(Duration.ZERO);
  private static final LongConsumer NOBODY = number -> {};

  @BeforeEach
  void needsTheBackend() {
    TunBackend backend = new TunBackend();
    assumeTrue(backend.obstacle().isEmpty(), () -> backend.obstacle().orElseThrow().missing());
  }

  private static LinkRequest request(OneWay out, OneWay in) {
    LinkProfile profile = new LinkProfile("test", out, in, "this test");
    return new LinkRequest(LinkPath.of(profile), 7, RUN_ID);
  }

  @Test
  void aConnectTakesARoundTripAtLeast() throws IOException {
    OneWay way = OneWay.delayed(Duration.ofMillis(15));
    try (TunNetwork network = TunNetwork.open(request(way, way), Offloads.TSO, NOBODY);
        ServerSocketChannel server = network.atServer(() -> listen(network.serverHost()))) {
      InetSocketAddress address = network.reach((InetSocketAddress) server.getLocalAddress());

      long start = System.nanoTime();
      network.atClient(() -> SocketChannel.open(address)).close();

      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(30_000_000 - 2 * WakeUpLatency.LARGEST_NANOS);
    }
  }

  @Test
  void theDelaysOfLinksOneBehindTheOtherAddUp() throws IOException {
    LinkProfile first = LinkProfile.symmetric("first", Duration.ofMillis(20), "this test");
    LinkProfile second = LinkProfile.symmetric("second", Duration.ofMillis(30), "this test");
    LinkPath path =
        new LinkPath(
            "two",
            List.of(new Hop("client", "middle", first), new Hop("middle", "server", second)));
    try (TunNetwork network =
            TunNetwork.open(new LinkRequest(path, 7, RUN_ID), Offloads.TSO, NOBODY);
        ServerSocketChannel server = network.atServer(() -> listen(network.serverHost()))) {
      InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();

      long start = System.nanoTime();
      network.atClient(() -> SocketChannel.open(address)).close();

      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(50_000_000 - 4 * WakeUpLatency.LARGEST_NANOS);
      assertThat(network.outbound()).allMatch(hop -> hop.packets() >= 1).hasSize(2);
      assertThat(network.inbound()).allMatch(hop -> hop.packets() >= 1).hasSize(2);
    }
  }

  /** Whatever happens to packets, TCP delivers what was sent; and all of it did happen. */
  @ParameterizedTest
  @EnumSource(Offloads.class)
  void aStreamArrivesWholeOverABadLink(Offloads offloads) throws IOException {
    OneWay bad =
        new OneWay(
            Duration.ofMillis(1),
            new Jitter(Duration.ofMillis(1), Jitter.Distribution.UNIFORM, 0),
            new Loss.Independent(0.01),
            Optional.empty(),
            0.01,
            0.02,
            0.01);
    byte[] data = new byte[4 << 20];
    new Random(1).nextBytes(data);
    try (TunNetwork network = TunNetwork.open(request(bad, bad), offloads, NOBODY);
        ServerSocketChannel server = network.atServer(() -> listen(network.serverHost()))) {
      CompletableFuture<byte[]> received =
          CompletableFuture.supplyAsync(() -> receive(server, data.length));
      InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
      try (SocketChannel client = network.atClient(() -> SocketChannel.open(address))) {
        ByteBuffer out = ByteBuffer.wrap(data);
        while (out.hasRemaining()) {
          client.write(out);
        }
        assertThat(received.join()).isEqualTo(data);
      }
      awaitAllDelivered(network);
      HopCounts counts = network.outbound().get(0);
      assertThat(counts.packets()).isGreaterThan(data.length / TunNetwork.MTU);
      assertThat(counts.lost()).isPositive();
      assertThat(counts.duplicated()).isPositive();
      assertThat(counts.corrupted()).isPositive();
      assertThat(network.deliveries().refused()).isZero();
    }
  }

  /**
   * Nothing is lost or made but what is counted; the last packets of a connection take a moment.
   */
  private static void awaitAllDelivered(TunNetwork network) {
    HopCounts counts;
    do {
      Thread.onSpinWait();
      counts = network.outbound().get(0);
    } while (network.deliveries().delivered()
        != counts.packets() - counts.lost() + counts.duplicated());
  }

  private static byte[] receive(ServerSocketChannel server, int bytes) {
    ByteBuffer in = ByteBuffer.allocate(bytes);
    try (SocketChannel accepted = server.accept()) {
      while (in.hasRemaining() && accepted.read(in) >= 0) {
        // reads on
      }
      return in.array();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The numbers are those the arithmetic says, so they are the same for the same seed. */
  @Test
  void dropsThePacketsThatTheSeedSays() throws IOException {
    int packets = 2_000;
    OneWay lossy = PLAIN.with(new Loss.Independent(0.1));
    List<Long> expected = new ArrayList<>();
    Impairment arithmetic = new Impairment(lossy, Impairment.seedOf(7, 0, true));
    for (long number = 0; number < packets; number++) {
      if (arithmetic.next(number, 100).dropped()) {
        expected.add(number);
      }
    }
    List<Long> dropped = new ArrayList<>();

    try (TunNetwork network = TunNetwork.open(request(lossy, PLAIN), Offloads.TSO, dropped::add);
        DatagramChannel client = network.atClient(DatagramChannel::open)) {
      InetSocketAddress nobody = new InetSocketAddress(network.serverHost(), 9);
      for (int i = 0; i < packets; i++) {
        client.send(ByteBuffer.allocate(100), nobody);
      }
      awaitPackets(network, packets);
    } // the forwarder has ended: what it told is visible here

    assertThat(expected).hasSizeBetween(100, 400);
    assertThat(dropped).isEqualTo(expected);
  }

  private static void awaitPackets(TunNetwork network, long packets) {
    while (network.outbound().get(0).packets() < packets) {
      Thread.onSpinWait();
    }
  }

  @Test
  void sleepsWhileNothingHappens() throws IOException, InterruptedException {
    OneWay way = OneWay.delayed(Duration.ofMillis(5));
    try (TunNetwork network = TunNetwork.open(request(way, way), Offloads.TSO, NOBODY);
        DatagramChannel client = network.atClient(DatagramChannel::open)) {
      client.send(ByteBuffer.allocate(100), new InetSocketAddress(network.serverHost(), 9));
      while (network.deliveries().delivered() == 0) {
        Thread.sleep(1);
      }
      // Its answer, that the port is unreachable, may still be on its way.
      while (network.answers().delivered() == 0) {
        Thread.sleep(1);
      }
      long before = network.turns();
      Thread.sleep(300);

      assertThat(network.turns() - before).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void tellsWhatTheEndsAreLike() throws IOException {
    try (TunNetwork network = TunNetwork.open(request(PLAIN, PLAIN), Offloads.TSO, NOBODY)) {
      assertThat(network.facts())
          .containsEntry("mtuBytes", 1500)
          .containsEntry("offloads", "tso")
          .containsEntry("tcpMetricsSaved", false)
          .containsKey("congestionControl");
    }
  }

  @Test
  void serversElsewhereCannotBeReached() throws IOException {
    try (TunNetwork network = TunNetwork.open(request(PLAIN, PLAIN), Offloads.TSO, NOBODY)) {
      assertThatThrownBy(() -> network.reach(new InetSocketAddress("127.0.0.1", 80)))
          .isInstanceOf(IOException.class)
          .hasMessageContaining("127.0.0.1:80 cannot be reached");
    }
  }

  @Test
  void leavesNothingBehind() throws IOException {
    TunNetwork network = TunNetwork.open(request(PLAIN, PLAIN), Offloads.TSO, NOBODY);
    assertThat(namespaces()).hasSize(2);

    network.close();

    assertThat(namespaces()).isEmpty();
  }

  private static List<Path> namespaces() throws IOException {
    try (var entries = Files.list(Path.of("/run/netns"))) {
      return entries.filter(entry -> entry.toString().contains(RUN_ID)).toList();
    }
  }

  private static ServerSocketChannel listen(InetAddress host) throws IOException {
    return ServerSocketChannel.open().bind(new InetSocketAddress(host, 0));
  }
}
