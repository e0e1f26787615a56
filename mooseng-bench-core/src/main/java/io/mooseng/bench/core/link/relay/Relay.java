package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.ThreadEnd;
import io.mooseng.bench.core.link.profile.LinkProfile;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;

/**
 * A link emulated by relaying TCP on loopback ports: every connection to one of them is carried to
 * the upstream of that port under the conditions of a profile. All ports share the link, its rate
 * included.
 *
 * <p>Bytes, ends of streams and resets keep their order and are each held for the delay of their
 * direction from the moment they arrive. Memory is bounded; a receiver that does not read makes the
 * relay stop reading from its sender, and from nobody else. One thread does it all.
 */
final class Relay implements AutoCloseable {

  private final RelayLoop loop;
  private final Thread thread;

  private Relay(RelayLoop loop, String name) {
    this.loop = loop;
    this.thread = new Thread(loop, "link-relay-" + name);
    thread.setDaemon(true);
  }

  /**
   * Starts to relay, on no port yet.
   *
   * @param seed of what is left to chance
   * @throws IOException if the system refuses
   */
  static Relay open(LinkProfile profile, RelayLimits limits, long seed) throws IOException {
    Relay relay = new Relay(new RelayLoop(profile, limits, seed, Selector.open()), profile.name());
    relay.thread.start();
    return relay;
  }

  /**
   * Listens on one more port.
   *
   * @param upstream is dialled for each connection, not before
   * @return what clients dial
   * @throws IllegalArgumentException if {@code upstream} does not resolve
   * @throws IOException if no port can be had, or the relay has ended
   */
  InetSocketAddress listen(InetSocketAddress upstream) throws IOException {
    if (upstream.isUnresolved()) {
      throw new IllegalArgumentException(
          "the upstream of a link must be an address that resolves, not " + upstream);
    }
    return loop.listen(upstream);
  }

  /** Breaks or mends the link, from any thread; what is due has to wait while it is cut. */
  void disturb(LinkFault outbound, LinkFault inbound) {
    loop.disturb(outbound, inbound);
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
    ThreadEnd.await(thread);
    if (loop.failure() != null) {
      throw loop.failure();
    }
  }
}
