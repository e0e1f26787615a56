package io.mooseng.bench.core.link.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayLoadTest {

  private static final int SEGMENT_BYTES = 16 << 10;

  @Test
  void aReaderThatStallsBoundsMemoryAndStallsNobodyElse() throws Exception {
    RelayLimits limits = new RelayLimits(SEGMENT_BYTES, 512 << 10, 1 << 20);
    memoryStaysWithin(limits, limits.connectionBytes());
  }

  @Test
  void theTotalBoundsMemoryToo() throws Exception {
    RelayLimits limits = new RelayLimits(SEGMENT_BYTES, 64 << 20, 512 << 10);
    memoryStaysWithin(limits, limits.totalBytes());
  }

  private static void memoryStaysWithin(RelayLimits limits, long boundBytes) throws Exception {
    byte[] data = new byte[24 << 20];
    new SplittableRandom(41).nextBytes(data);
    CountDownLatch readOn = new CountDownLatch(1);
    try (LoopbackServer server =
            new LoopbackServer(
                SEGMENT_BYTES,
                socket -> {
                  InputStream in = socket.getInputStream();
                  int kind = in.read();
                  if (kind == 0) {
                    readOn.await();
                    return in.readAllBytes();
                  }
                  socket.getOutputStream().write(kind);
                  return kind;
                });
        RelayedPort relay =
            RelayedPort.open(profile(Duration.ofMillis(1)), server.address(), limits);
        Socket stalled = dial(relay)) {
      stalled.getOutputStream().write(0);
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> sendAll(stalled, data));
      while (relay.heldBytes() < boundBytes - SEGMENT_BYTES) {
        Thread.onSpinWait();
      }

      try (Socket other = dial(relay)) {
        other.getOutputStream().write(1);
        assertThat(other.getInputStream().read()).isEqualTo(1);
      }
      assertThat(server.next(Integer.class)).isEqualTo(1);
      assertThat(sent).isNotDone();

      readOn.countDown();
      sent.get();
      assertThat(Arrays.equals(server.next(byte[].class), data)).isTrue();
      assertThat(relay.peakBytes()).isLessThanOrEqualTo(bound(boundBytes));
    }
  }

  /** A segment beyond, as much again for tails with little room, and the segments of others. */
  private static long bound(long bytes) {
    return bytes + bytes / 2 + 4 * SEGMENT_BYTES;
  }

  private static void sendAll(Socket socket, byte[] data) {
    try {
      socket.getOutputStream().write(data);
      socket.shutdownOutput();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aThousandConnectionsKeepTheirBytesApart() throws Exception {
    int count = 1_000;
    try (LoopbackServer server = new LoopbackServer(RelayLoadTest::echo);
        RelayedPort relay = RelayedPort.open(profile(Duration.ofMillis(5)), server.address())) {
      List<Socket> clients = new ArrayList<>();
      SplittableRandom random = new SplittableRandom(42);
      List<byte[]> messages = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        clients.add(dial(relay));
        byte[] message = new byte[random.nextInt(1, 5_000)];
        random.nextBytes(message);
        messages.add(message);
      }
      for (int round = 0; round < 3; round++) {
        for (int i = 0; i < count; i++) {
          clients.get(i).getOutputStream().write(messages.get(i));
        }
        for (int i = 0; i < count; i++) {
          byte[] echoed = new byte[messages.get(i).length];
          new DataInputStream(clients.get(i).getInputStream()).readFully(echoed);
          assertThat(echoed).as("connection %d", i).isEqualTo(messages.get(i));
        }
      }
      for (Socket client : clients) {
        client.shutdownOutput();
        assertThat(client.getInputStream().read()).isEqualTo(-1);
        client.close();
      }
      assertThat(relay.heldBytes()).isZero();
    }
  }

  @Test
  void anIdleRelaySleeps() throws Exception {
    try (LoopbackServer server = new LoopbackServer(RelayLoadTest::echo);
        RelayedPort relay = RelayedPort.open(profile(Duration.ofMillis(1)), server.address());
        Socket client = dial(relay)) {
      ping(client);
      long before = relay.turns();
      client.setSoTimeout(500);

      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> client.getInputStream().read());
      assertThat(relay.turns() - before).isLessThan(10);
    }
  }

  @Test
  void twoHundredIdleLinksSleep() throws Exception {
    List<RelayedPort> links = new ArrayList<>();
    List<Socket> clients = new ArrayList<>();
    try (LoopbackServer server = new LoopbackServer(RelayLoadTest::echo)) {
      for (int i = 0; i < 200; i++) {
        links.add(RelayedPort.open(profile(Duration.ofMillis(1)), server.address()));
        clients.add(dial(links.get(i)));
        ping(clients.get(i));
      }
      long before = links.stream().mapToLong(RelayedPort::turns).sum();
      clients.get(0).setSoTimeout(500);

      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> clients.get(0).getInputStream().read());
      long turns = links.stream().mapToLong(RelayedPort::turns).sum() - before;
      assertThat(turns).as("turns of all threads while nothing happened").isLessThan(200 * 2);
    } finally {
      for (Socket client : clients) {
        client.close();
      }
      for (RelayedPort link : links) {
        link.close();
      }
    }
  }

  @Test
  void waitingForAFarDepartureIsSlept() throws Exception {
    try (LoopbackServer server = new LoopbackServer(RelayLoadTest::echo);
        RelayedPort relay = RelayedPort.open(profile(Duration.ofMillis(100)), server.address());
        Socket client = dial(relay)) {
      ping(client);
      long before = relay.turns();
      ping(client);

      // A nap is 0.1 ms, and only the last millisecond of each direction is napped through.
      assertThat(relay.turns() - before).isLessThan(100);
    }
  }

  private static void ping(Socket client) throws IOException {
    client.getOutputStream().write(9);
    assertThat(client.getInputStream().read()).isEqualTo(9);
  }

  private static Object echo(Socket socket) throws IOException {
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    return socket.getInputStream().transferTo(out);
  }

  private static LinkProfile profile(Duration oneWay) {
    return new LinkProfile("test", OneWay.delayed(oneWay), OneWay.delayed(oneWay), "test");
  }

  private static Socket dial(RelayedPort relay) throws IOException {
    Socket socket = new Socket(relay.address().getAddress(), relay.address().getPort());
    socket.setTcpNoDelay(true);
    return socket;
  }
}
