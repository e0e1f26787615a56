package io.mooseng.bench.core.machine.doctor;

import io.mooseng.bench.core.machine.SystemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** What the network of this machine is like. Nothing is tried that would change it. */
final class NetworkChecks {

  private static final String CONGESTION = "/proc/sys/net/ipv4/tcp_congestion_control";

  private NetworkChecks() {}

  static Check loopback() {
    String name = "loopback";
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      try (SocketChannel near = SocketChannel.open(server.getLocalAddress());
          SocketChannel far = server.accept()) {
        near.write(ByteBuffer.wrap(new byte[] {1}));
        return far.read(ByteBuffer.allocate(1)) == 1
            ? Check.ok(name, "a TCP connection over loopback carries data")
            : broken(name, "a connection ended early");
      }
    } catch (IOException e) {
      return broken(name, String.valueOf(e.getMessage()));
    }
  }

  private static Check broken(String name, String why) {
    return Check.missing(
        name, "no TCP over loopback: " + why, "bring it up: ip link set lo up (root)");
  }

  static Check congestionControl(SystemFiles files) {
    return files
        .read(CONGESTION)
        .map(algorithm -> Check.ok("congestion control", algorithm))
        .orElseGet(
            () ->
                Check.limited(
                    "congestion control",
                    "not told by the kernel",
                    "record it by hand: emulated loss depends on it"));
  }
}
