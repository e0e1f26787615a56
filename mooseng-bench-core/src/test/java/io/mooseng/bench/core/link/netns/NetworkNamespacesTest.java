package io.mooseng.bench.core.link.netns;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mooseng.bench.core.process.ProcessIdentities;
import io.mooseng.bench.core.process.ProcessIdentity;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class NetworkNamespacesTest {

  private static final Path DIRECTORY = Path.of("/run/netns");

  private NetworkNamespaces namespaces;

  @BeforeEach
  void open() throws IOException {
    assumeTrue(
        NetworkNamespaces.obstacle().isEmpty(),
        () -> NetworkNamespaces.obstacle().orElseThrow().missing());
    namespaces = NetworkNamespaces.of("test01");
  }

  @AfterEach
  void close() {
    if (namespaces != null) {
      namespaces.close();
    }
  }

  @Test
  void hasALoopbackOfItsOwn() throws IOException {
    NetworkNamespace made = namespaces.create("alone");

    try (ServerSocketChannel inside = made.call(NetworkNamespacesTest::listen)) {
      InetSocketAddress address = (InetSocketAddress) inside.getLocalAddress();
      try (SocketChannel near = made.call(() -> SocketChannel.open(address))) {
        assertThat(near.isConnected()).isTrue();
      }
      inside.configureBlocking(false);
      inside.accept().close();

      connectIfAnybodyListens(address);
      assertThat(inside.accept()).as("a connection from outside").isNull();
    }
  }

  /** Another program may have the same port outside. */
  private static void connectIfAnybodyListens(InetSocketAddress address) throws IOException {
    try (SocketChannel outside = SocketChannel.open(address)) {
      assertThat(outside.isConnected()).isTrue();
    } catch (ConnectException e) {
      assertThat(e).hasMessageContaining("refused");
    }
  }

  private static ServerSocketChannel listen() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    return server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  @Test
  void processesStartedInsideAreInside() throws IOException, InterruptedException {
    NetworkNamespace made = namespaces.create("alone");
    ProcessBuilder builder = new ProcessBuilder("readlink", "/proc/self/ns/net");

    assertThat(output(made.call(builder::start))).isNotEqualTo(output(builder.start()));
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
    assertThat(process.waitFor()).isZero();
    return text;
  }

  @Test
  void settingsAreItsOwn() throws IOException {
    NetworkNamespace one = namespaces.create("one");
    NetworkNamespace other = namespaces.create("other");
    String before = other.setting("ipv4/tcp_no_metrics_save");
    String changed = before.equals("1") ? "0" : "1";

    one.setting("ipv4/tcp_no_metrics_save", changed);

    assertThat(one.setting("ipv4/tcp_no_metrics_save")).isEqualTo(changed);
    assertThat(other.setting("ipv4/tcp_no_metrics_save")).isEqualTo(before);
  }

  @Test
  void aTakenNameIsToldWithTheWayOut() throws IOException {
    NetworkNamespace first = namespaces.create("twice");

    assertThatThrownBy(() -> namespaces.create("twice"))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the network namespace %1$s exists already; remove it: ip netns delete %1$s"
                .formatted(first.name()));
  }

  @Test
  void closingRemovesAllAndMayBeRepeated() throws IOException {
    NetworkNamespace one = namespaces.create("one");
    NetworkNamespace other = namespaces.create("other");
    assertThat(one.file()).exists();

    namespaces.close();
    namespaces.close();

    assertThat(one.file()).doesNotExist();
    assertThat(other.file()).doesNotExist();
  }

  @Test
  void whatThrowsInsideThrowsOutside() throws IOException {
    NetworkNamespace made = namespaces.create("alone");

    assertThatThrownBy(
            () ->
                made.call(
                    () -> {
                      throw new IOException("inside");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessage("inside");
  }

  @Test
  void sweepRemovesThoseOfTheDeadAndNoOthers() throws IOException {
    NetworkNamespace living = namespaces.create("living");
    NamespaceName mine = NamespaceName.parse(living.name()).orElseThrow();
    ProcessIdentity gone = ProcessIdentities.predecessorOf(mine.owner());
    String dead = new NamespaceName("test01", "dead", gone, mine.space()).toString();
    String foreign = "not-mooseng-bench-test01-dead";
    Tool ip = namespaces.ip();
    ip.run("netns", "add", dead);
    ip.run("netns", "add", foreign);
    try {
      List<String> removed = NetworkNamespaces.sweep();

      assertThat(removed).contains(dead).doesNotContain(foreign, living.name());
      assertThat(DIRECTORY.resolve(dead)).doesNotExist();
      assertThat(DIRECTORY.resolve(foreign)).exists();
      assertThat(living.file()).exists();
    } finally {
      ip.run("netns", "delete", foreign);
      if (Files.exists(DIRECTORY.resolve(dead))) {
        ip.run("netns", "delete", dead);
      }
    }
  }

  @Test
  void aFailedToolSaysWhatItComplainedAbout() {
    assertThatThrownBy(() -> namespaces.ip().run("netns", "delete", "no-such-namespace"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("ip netns delete no-such-namespace: Cannot remove namespace file")
        .hasMessageNotContaining("\n");
  }
}
