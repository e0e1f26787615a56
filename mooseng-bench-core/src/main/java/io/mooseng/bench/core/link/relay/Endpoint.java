package io.mooseng.bench.core.link.relay;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One of the two sockets of a relayed connection.
 *
 * <p>Confined to the thread of its relay.
 */
final class Endpoint {

  private final SocketChannel channel;
  private final SelectionKey key;

  /** Wraps a channel and makes it ready for the selector, without interest in anything yet. */
  Endpoint(SocketChannel channel, Selector selector, Object attachment) throws IOException {
    this.channel = channel;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
    this.key = channel.register(selector, 0, attachment);
  }

  SocketChannel channel() {
    return channel;
  }

  boolean owns(SelectionKey other) {
    return key == other;
  }

  boolean connected() {
    return channel.isConnected() && channel.isOpen();
  }

  /** Switches interest in {@code operation} on or off; does nothing once closed. */
  void interest(int operation, boolean on) {
    if (!key.isValid()) {
      return;
    }
    int before = key.interestOps();
    int after = on ? before | operation : before & ~operation;
    if (after != before) {
      key.interestOps(after);
    }
  }

  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // The peer is gone, which is what closing is to bring about.
    }
  }

  /** Closes so that the peer sees a reset. */
  void reset() {
    try {
      if (channel.isOpen()) {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      }
    } catch (IOException e) {
      // A socket the peer has reset already takes no option; closing it is enough.
    }
    close();
  }
}
