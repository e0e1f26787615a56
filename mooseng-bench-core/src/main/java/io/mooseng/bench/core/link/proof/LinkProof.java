package io.mooseng.bench.core.link.proof;

import io.mooseng.bench.core.link.profile.LinkProfile;
import io.mooseng.bench.core.link.relay.Relay;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * Measures what round trip a profile really gives on this machine.
 *
 * <p>One-byte pings go through a relay of the profile to an echo server on loopback. What is
 * measured holds the wake-ups of client and server too, so it errs on the long side. Rates are not
 * measured.
 */
public final class LinkProof {

  /** Enough for a steady median; at 180 ms they take four seconds. */
  public static final int DEFAULT_PINGS = 20;

  private LinkProof() {}

  /**
   * Sends {@code pings} pings, one after the other, over a link of its own.
   *
   * @param pings at least 1; one more is sent first and not counted, as it pays the handshake
   * @throws IOException if the link breaks
   */
  public static MeasuredLink measure(LinkProfile profile, int pings) throws IOException {
    if (pings < 1) {
      throw new IllegalArgumentException("pings must be 1 or more, not " + pings);
    }
    try (EchoServer server = EchoServer.open();
        Relay relay = Relay.open(profile, server.address())) {
      return ping(relay.address(), profile, pings);
    }
  }

  private static MeasuredLink ping(InetSocketAddress address, LinkProfile profile, int pings)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocateDirect(1);
    long[] rttNanos = new long[pings];
    try (SocketChannel channel = SocketChannel.open(address)) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      pingOnce(channel, buffer);
      for (int i = 0; i < pings; i++) {
        rttNanos[i] = pingOnce(channel, buffer);
      }
    }
    return MeasuredLink.of(profile.rtt().toNanos(), rttNanos);
  }

  private static long pingOnce(SocketChannel channel, ByteBuffer buffer) throws IOException {
    buffer.clear();
    long start = System.nanoTime();
    channel.write(buffer);
    buffer.clear();
    if (channel.read(buffer) < 0) {
      throw new EOFException("the link closed the connection while it was measured");
    }
    return System.nanoTime() - start;
  }
}
