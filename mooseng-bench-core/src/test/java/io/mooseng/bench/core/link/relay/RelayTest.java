package io.mooseng.bench.core.link.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.WakeUpLatency;
import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RelayTest {

  private static final long OUT_NANOS = 3_000_000;
  private static final long BACK_NANOS = 2_000_000;
  private static final long RTT_NANOS = OUT_NANOS + BACK_NANOS;

  /** A direction may be early by what waking is taken to last. */
  private static final long EARLY_NANOS = WakeUpLatency.LARGEST_NANOS;

  private static final LinkProfile PROFILE =
      new LinkProfile(
          "test",
          OneWay.delayed(Duration.ofNanos(OUT_NANOS)),
          OneWay.delayed(Duration.ofNanos(BACK_NANOS)),
          "test");

  @Test
  void bothDirectionsCarryEveryByteInOrder() throws Exception {
    carries(PROFILE, 8 << 20);
  }

  @Test
  void aRateLimitedLinkCarriesEveryByteInOrder() throws Exception {
    LinkProfile limited =
        new LinkProfile(
            "limited",
            PROFILE.outbound().limitedTo(200_000_000),
            PROFILE.inbound().limitedTo(100_000_000),
            "test");
    carries(limited, 1 << 20);
  }

  /** Read while the link is cut, nothing is there; what was sent is there once it is mended. */
  @Test
  void aCutHoldsWhatWasSentUntilItIsMended() throws Exception {
    try (LoopbackServer server = new LoopbackServer(RelayTest::echo);
        RelayedPort relay = RelayedPort.open(PROFILE, server.address());
        Socket client = dial(relay)) {
      OutputStream out = client.getOutputStream();
      DataInputStream in = new DataInputStream(client.getInputStream());
      out.write(1);
      assertThat(in.read()).isEqualTo(1);
      for (boolean outbound : new boolean[] {true, false}) {
        relay
            .relay()
            .disturb(
                outbound ? LinkFault.CUT : LinkFault.NONE,
                outbound ? LinkFault.NONE : LinkFault.CUT);
        out.write(2);
        client.setSoTimeout(20 * (int) (RTT_NANOS / 1_000_000));
        assertThatExceptionOfType(SocketTimeoutException.class).isThrownBy(in::read);
        client.setSoTimeout(0);
        relay.relay().disturb(LinkFault.NONE, LinkFault.NONE);
        assertThat(in.read()).isEqualTo(2);
      }
    }
  }

  @Test
  void aConnectionMadeWhileTheLinkIsCutComesAboutWhenItIsMended() throws Exception {
    try (LoopbackServer server = new LoopbackServer(RelayTest::echo);
        RelayedPort relay = RelayedPort.open(PROFILE, server.address())) {
      relay.relay().disturb(LinkFault.CUT, LinkFault.CUT);
      try (Socket client = dial(relay)) {
        client.getOutputStream().write(7);
        client.setSoTimeout(20 * (int) (RTT_NANOS / 1_000_000));
        assertThatExceptionOfType(SocketTimeoutException.class)
            .isThrownBy(() -> client.getInputStream().read());
        client.setSoTimeout(0);
        relay.relay().disturb(LinkFault.NONE, LinkFault.NONE);
        assertThat(client.getInputStream().read()).isEqualTo(7);
      }
    }
  }

  @Test
  void aSlowLinkIsSlowAndKeepsTheOrder() throws Exception {
    long extraNanos = 40_000_000;
    try (LoopbackServer server = new LoopbackServer(RelayTest::echo);
        RelayedPort relay = RelayedPort.open(PROFILE, server.address());
        Socket client = dial(relay)) {
      relay.relay().disturb(LinkFault.slow(Duration.ofNanos(extraNanos)), LinkFault.NONE);
      long start = System.nanoTime();
      client.getOutputStream().write(1);
      assertThat(client.getInputStream().read()).isEqualTo(1);
      assertThat(System.nanoTime() - start)
          .isGreaterThanOrEqualTo(RTT_NANOS + extraNanos - 2 * EARLY_NANOS);
      client.getOutputStream().write(2);
      Thread.sleep(RTT_NANOS / 1_000_000);
      relay.relay().disturb(LinkFault.NONE, LinkFault.NONE);
      client.getOutputStream().write(3);
      assertThat(client.getInputStream().read()).isEqualTo(2);
      assertThat(client.getInputStream().read()).isEqualTo(3);
    }
  }

  private static Object echo(Socket socket) throws IOException {
    for (int next = socket.getInputStream().read(); next >= 0; ) {
      socket.getOutputStream().write(next);
      next = socket.getInputStream().read();
    }
    return "echoed";
  }

  private static void carries(LinkProfile profile, int size) throws Exception {
    byte[] up = randomBytes(31, size);
    byte[] down = randomBytes(32, size);
    try (LoopbackServer server = new LoopbackServer(socket -> exchange(socket, down, 33));
        RelayedPort relay = RelayedPort.open(profile, server.address());
        Socket client = dial(relay)) {
      byte[] received = exchange(client, up, 34);

      assertThat(Arrays.equals(received, down)).as("server to client").isTrue();
      assertThat(Arrays.equals(server.next(byte[].class), up)).as("client to server").isTrue();
    }
  }

  /** Sends in chunks of random sizes, closes that half, and reads the other half to its end. */
  private static byte[] exchange(Socket socket, byte[] data, long seed) throws Exception {
    CompletableFuture<Void> sent =
        CompletableFuture.runAsync(() -> sendInChunks(socket, data, seed));
    byte[] received = socket.getInputStream().readAllBytes();
    sent.get();
    return received;
  }

  private static void sendInChunks(Socket socket, byte[] data, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    try {
      OutputStream out = socket.getOutputStream();
      for (int at = 0; at < data.length; ) {
        int most = random.nextBoolean() ? 100 : 300_000;
        int length = Math.min(data.length - at, random.nextInt(1, most));
        out.write(data, at, length);
        at += length;
      }
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void noByteIsEarlierThanWakingTakesAndTheFirstPaysTheHandshake() throws Exception {
    int count = 40;
    try (LoopbackServer server = new LoopbackServer(socket -> arrivals(socket, count));
        RelayedPort relay = RelayedPort.open(PROFILE, server.address())) {
      long dialled = System.nanoTime();
      try (Socket client = dial(relay)) {
        long[] sent = new long[count];
        for (int i = 0; i < count; i++) {
          sent[i] = System.nanoTime();
          client.getOutputStream().write(i);
          // The answer arrives one delay after the server wrote it: never early either.
          assertThat(client.getInputStream().read()).isEqualTo(i);
          assertThat(System.nanoTime() - sent[i])
              .isGreaterThanOrEqualTo(RTT_NANOS - 2 * EARLY_NANOS);
        }
        long[] arrived = server.next(long[].class);
        assertThat(arrived[0] - dialled)
            .isGreaterThanOrEqualTo(RTT_NANOS + OUT_NANOS - EARLY_NANOS);
        for (int i = 0; i < count; i++) {
          assertThat(arrived[i] - sent[i])
              .as("byte %d", i)
              .isGreaterThanOrEqualTo(OUT_NANOS - EARLY_NANOS);
        }
      }
    }
  }

  private static long[] arrivals(Socket socket, int count) throws IOException {
    long[] arrived = new long[count];
    for (int i = 0; i < count; i++) {
      int value = socket.getInputStream().read();
      arrived[i] = System.nanoTime();
      socket.getOutputStream().write(value);
    }
    return arrived;
  }

  @Test
  void aServerThatSpeaksFirstIsHeardTwoRoundTripsAfterDialling() throws Exception {
    try (LoopbackServer server =
            new LoopbackServer(
                socket -> {
                  socket.getOutputStream().write(7);
                  return socket.getInputStream().read();
                });
        RelayedPort relay = RelayedPort.open(PROFILE, server.address())) {
      long dialled = System.nanoTime();
      try (Socket client = dial(relay)) {
        assertThat(client.getInputStream().read()).isEqualTo(7);
        assertThat(System.nanoTime() - dialled).isGreaterThanOrEqualTo(2 * RTT_NANOS - EARLY_NANOS);
      }
    }
  }

  @Test
  void aHalfClosedConnectionStillAnswers() throws Exception {
    try (LoopbackServer server =
            new LoopbackServer(
                socket -> {
                  byte[] all = socket.getInputStream().readAllBytes();
                  socket.getOutputStream().write(all);
                  return all;
                });
        RelayedPort relay = RelayedPort.open(PROFILE, server.address());
        Socket client = dial(relay)) {
      client.getOutputStream().write(new byte[] {1, 2, 3});
      client.shutdownOutput();

      assertThat(client.getInputStream().readAllBytes()).containsExactly(1, 2, 3);
      assertThat(server.next(byte[].class)).containsExactly(1, 2, 3);
    }
  }

  /** Data is read before the reset is sent: TCP throws away what a reset overtakes. */
  @Test
  void aResetOfTheClientReachesTheServerAfterTheDelay() throws Exception {
    try (LoopbackServer server =
            new LoopbackServer(
                socket -> {
                  InputStream in = socket.getInputStream();
                  socket.getOutputStream().write(in.read());
                  socket.getOutputStream().write(in.read());
                  assertThatExceptionOfType(SocketException.class).isThrownBy(in::read);
                  return System.nanoTime();
                });
        RelayedPort relay = RelayedPort.open(PROFILE, server.address())) {
      Socket client = dial(relay);
      client.getOutputStream().write(5);
      assertThat(client.getInputStream().read()).isEqualTo(5);
      client.getOutputStream().write(6);
      assertThat(client.getInputStream().read()).isEqualTo(6);
      client.setSoLinger(true, 0);
      long reset = System.nanoTime();
      client.close();

      assertThat(server.next(Long.class) - reset).isGreaterThanOrEqualTo(OUT_NANOS);
    }
  }

  @Test
  void aResetOfTheServerReachesTheClient() throws Exception {
    try (LoopbackServer server =
            new LoopbackServer(
                socket -> {
                  int value = socket.getInputStream().read();
                  socket.setSoLinger(true, 0);
                  return value;
                });
        RelayedPort relay = RelayedPort.open(PROFILE, server.address());
        Socket client = dial(relay)) {
      client.getOutputStream().write(5);

      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> client.getInputStream().read());
    }
  }

  @Test
  void aServerThatDiesClosesTheClient() throws Exception {
    try (LoopbackServer server = new LoopbackServer(socket -> socket.getInputStream().read());
        RelayedPort relay = RelayedPort.open(PROFILE, server.address());
        Socket client = dial(relay)) {
      client.getOutputStream().write(5);
      assertThat(client.getInputStream().read()).isEqualTo(-1);

      // As after any dead peer: the first write draws a reset, a later one fails.
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(
              () -> {
                while (true) {
                  client.getOutputStream().write(new byte[1_024]);
                }
              });
    }
  }

  @Test
  void anUpstreamThatRefusesIsAResetForTheClient() throws Exception {
    InetSocketAddress nobody;
    try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = (InetSocketAddress) reserved.getLocalSocketAddress();
    }
    try (RelayedPort relay = RelayedPort.open(PROFILE, nobody);
        Socket client = dial(relay)) {
      assertThatExceptionOfType(SocketException.class)
          .isThrownBy(() -> client.getInputStream().read());
    }
  }

  @Test
  void closingTheRelayEndsConnectionsAndListening() throws Exception {
    try (LoopbackServer server = new LoopbackServer(socket -> arrivals(socket, 2))) {
      RelayedPort relay = RelayedPort.open(PROFILE, server.address());
      try (Socket client = dial(relay)) {
        client.getOutputStream().write(5);
        assertThat(new DataInputStream(client.getInputStream()).readByte()).isEqualTo((byte) 5);
        relay.close();

        assertThat(client.getInputStream().read()).isEqualTo(-1);
        assertThatExceptionOfType(SocketException.class).isThrownBy(() -> dial(relay).close());
        assertThat(relay.heldBytes()).isZero();
      }
    }
  }

  private static Socket dial(RelayedPort relay) throws IOException {
    Socket socket = new Socket(relay.address().getAddress(), relay.address().getPort());
    socket.setTcpNoDelay(true);
    return socket;
  }

  private static byte[] randomBytes(long seed, int size) {
    byte[] bytes = new byte[size];
    new SplittableRandom(seed).nextBytes(bytes);
    return bytes;
  }
}
