package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.profile.LinkProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;

/**
 * A TCP relay on a loopback port: every connection to it is carried to an upstream address under
 * the conditions of a profile.
 *
 * <p>Bytes, ends of streams and resets keep their order and are each held for the delay of their
 * direction from the moment they arrive. Memory is bounded; a receiver that does not read makes the
 * relay stop reading from its sender, and from nobody else. One thread does it all.
 */
public final class Relay implements AutoCloseable {

  /** Room for bursts of connections; the kernel lowers it to net.core.somaxconn. */
  private static final int BACKLOG = 4096;

  private final InetSocketAddress address;
  private final RelayLoop loop;
  private final Thread thread;

  private Relay(InetSocketAddress address, RelayLoop loop) {
    this.address = address;
    this.loop = loop;
    this.thread = new Thread(loop, "link-relay-" + address.getPort());
    thread.setDaemon(true);
  }

  /** Listens and starts to relay, as {@link #open(LinkProfile, InetSocketAddress, RelayLimits)}. */
  public static Relay open(LinkProfile profile, InetSocketAddress upstream) throws IOException {
    return open(profile, upstream, RelayLimits.defaults());
  }

  /**
   * Listens and starts to relay.
   *
   * @throws IllegalArgumentException if {@code upstream} does not resolve
   * @throws IOException if no port can be had
   */
  static Relay open(LinkProfile profile, InetSocketAddress upstream, RelayLimits limits)
      throws IOException {
    if (upstream.isUnresolved()) {
      throw new IllegalArgumentException(
          "the upstream of a link must be an address that resolves, not " + upstream);
    }
    Selector selector = Selector.open();
    ServerSocketChannel listener = null;
    try {
      listener = ServerSocketChannel.open();
      listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
      listener.configureBlocking(false);
      RelayLoop loop = new RelayLoop(profile, upstream, limits, selector, listener);
      listener.register(selector, SelectionKey.OP_ACCEPT);
      Relay relay = new Relay((InetSocketAddress) listener.getLocalAddress(), loop);
      relay.thread.start();
      return relay;
    } catch (IOException e) {
      selector.close();
      if (listener != null) {
        listener.close();
      }
      throw e;
    }
  }

  /** What clients dial. */
  public InetSocketAddress address() {
    return address;
  }

  /** Memory in use for bytes under way. */
  long heldBytes() {
    return loop.pool().heldBytes();
  }

  /** The most memory ever in use for bytes under way. */
  long peakBytes() {
    return loop.pool().peakBytes();
  }

  /** How often the thread has woken. */
  long turns() {
    return loop.turns();
  }

  /**
   * Closes every connection and waits until the thread has ended.
   *
   * @throws IOException if the relay had failed before
   */
  @Override
  public void close() throws IOException {
    loop.stop();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (loop.failure() != null) {
      throw loop.failure();
    }
  }
}
