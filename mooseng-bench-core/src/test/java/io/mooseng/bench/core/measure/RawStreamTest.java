package io.mooseng.bench.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class RawStreamTest {

  @Test
  void movesAndVerifiesBytesBothWays() throws IOException {
    try (RawStreamPeer peer = RawStreamPeer.start();
        RawStream stream = RawStream.connect(peer.address())) {
      for (long bytes : new long[] {0, 1, RawStream.BUFFER_BYTES, 3 * RawStream.BUFFER_BYTES + 7}) {
        stream.receive(bytes);
        stream.send(bytes);
      }
    }
  }

  @Test
  void anotherProcessServesUntilItsInputEnds() throws Exception {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    Process process =
        new ProcessBuilder(
                java.toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RawStreamPeer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (BufferedReader output =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
      int port = Integer.parseInt(output.readLine());
      try (RawStream stream = RawStream.connect(new InetSocketAddress("127.0.0.1", port))) {
        stream.receive(1_000_000);
      }
      process.getOutputStream().close();
      assertThat(process.waitFor()).isZero();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void noticesAByteThatChangedOnTheWay() throws Exception {
    try (ServerSocketChannel server =
        ServerSocketChannel.open().bind(new InetSocketAddress("127.0.0.1", 0))) {
      InetSocketAddress address = (InetSocketAddress) server.getLocalAddress();
      try (RawStream stream = RawStream.connect(address);
          SocketChannel liar = server.accept()) {
        liar.write(ByteBuffer.allocate(100 + Integer.BYTES).put(3, (byte) 1));
        assertThatThrownBy(() -> stream.receive(100))
            .isInstanceOf(IOException.class)
            .hasMessage("the CRC32C of what arrived is not that of what was sent");
      }
    }
  }
}
