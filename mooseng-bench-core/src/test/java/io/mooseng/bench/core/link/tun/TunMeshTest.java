package io.mooseng.bench.core.link.tun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.WakeUpLatency;
import io.mooseng.bench.core.link.profile.OneWay;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Three places 20, 40 and 60 ms apart. Needs what the backend needs; skipped otherwise. */
@Timeout(60)
class TunMeshTest {

  private static final String RUN = "t" + Long.toString(ProcessHandle.current().pid(), 36);

  /** A direction may be early by what waking is taken to last. */
  private static final long EARLY_NANOS = WakeUpLatency.LARGEST_NANOS;

  private static final long NANOS = 1_000_000;

  private TunMesh mesh;

  @BeforeEach
  void open() throws IOException {
    var obstacle = new TunBackend().obstacle();
    assumeTrue(obstacle.isEmpty(), () -> obstacle.get().missing());
    mesh =
        TunMesh.open(RUN, 3, (from, to) -> OneWay.delayed(Duration.ofMillis(10L * (from + to))), 1);
  }

  @AfterEach
  void close() throws IOException {
    if (mesh != null) {
      mesh.close();
      try (Stream<Path> left = Files.list(Path.of("/run/netns"))) {
        assertThat(left).noneMatch(name -> name.toString().contains("-" + RUN + "-"));
      }
    }
  }

  private Socket connect(int from, ServerSocket server) throws IOException {
    return mesh.atClient(
        () -> {
          Socket socket = new Socket();
          socket.setTcpNoDelay(true);
          socket.bind(new InetSocketAddress(mesh.clientHost(from), 0));
          socket.connect(server.getLocalSocketAddress(), 10_000);
          return socket;
        });
  }

  private ServerSocket listen(int place) throws IOException {
    return mesh.atServer(place, () -> new ServerSocket(0, 5, mesh.serverHost(place)));
  }

  /** Nanoseconds for a byte there and back. */
  private static long ping(Socket client, Socket server) throws IOException {
    long start = System.nanoTime();
    client.getOutputStream().write(1);
    assertThat(server.getInputStream().read()).isEqualTo(1);
    server.getOutputStream().write(2);
    assertThat(client.getInputStream().read()).isEqualTo(2);
    return System.nanoTime() - start;
  }

  @Test
  void aClientIsAsFarFromAServerAsItsPlaceIs() throws Exception {
    for (int from = 0; from < 3; from++) {
      for (int to = 0; to < 3; to++) {
        try (ServerSocket listening = listen(to);
            Socket client = connect(from, listening);
            Socket server = listening.accept()) {
          long fastest = Long.MAX_VALUE;
          for (int i = 0; i < 5; i++) {
            fastest = Math.min(fastest, ping(client, server));
          }
          long asked = from == to ? 0 : 20 * NANOS * (from + to);
          assertThat(fastest)
              .as("%d to %d", from, to)
              .isGreaterThanOrEqualTo(asked - 2 * EARLY_NANOS);
          // A neighbour's distance would be 20 ms more or less.
          assertThat(fastest).as("%d to %d", from, to).isLessThan(asked + 15 * NANOS);
        }
      }
    }
  }

  @Test
  void serversOfTwoPlacesSeeEachOtherOverTheLinkBetweenThem() throws Exception {
    try (ServerSocket listening = listen(1);
        Socket client =
            mesh.atServer(2, () -> new Socket(mesh.serverHost(1), listening.getLocalPort()));
        Socket server = listening.accept()) {
      assertThat(client.getLocalAddress()).isEqualTo(mesh.serverHost(2));
      assertThat(ping(client, server)).isGreaterThanOrEqualTo(60 * NANOS - 2 * EARLY_NANOS);
    }
  }

  @Test
  void whatIsCutLosesPacketsUntilItIsMended() throws Exception {
    try (ServerSocket listening = listen(1);
        Socket client = connect(0, listening);
        Socket server = listening.accept()) {
      ping(client, server);
      mesh.disturb(0, 1, LinkFault.CUT);
      client.getOutputStream().write(7);
      server.setSoTimeout(300);
      assertThatThrownBy(() -> server.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
      // The other way is whole.
      server.getOutputStream().write(8);
      assertThat(client.getInputStream().read()).isEqualTo(8);
      mesh.disturb(0, 1, LinkFault.NONE);
      server.setSoTimeout(20_000);
      assertThat(server.getInputStream().read()).isEqualTo(7);
      mesh.disturb(0, 1, LinkFault.slow(Duration.ofMillis(80)));
      assertThat(ping(client, server)).isGreaterThanOrEqualTo(100 * NANOS - 2 * EARLY_NANOS);
    }
  }
}
