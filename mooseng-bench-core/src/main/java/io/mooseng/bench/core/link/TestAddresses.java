package io.mooseng.bench.core.link;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * The addresses of the nodes of emulated networks: of 198.18.0.0/15, which RFC 2544 sets aside for
 * benchmarks of networks. They mean nothing outside of the namespaces.
 */
public final class TestAddresses {

  /** The node at which clients are. */
  public static final int CLIENT = 0;

  /** The node at which servers are. */
  public static final int SERVER = 1;

  private static final int NETWORK = 198 << 24 | 18 << 16;
  private static final int PREFIX_BITS = 24;
  private static final int MOST_NODES = 254;

  private TestAddresses() {}

  /**
   * The address of a node as the number it has in packets.
   *
   * @param node from 0
   */
  public static int number(int node) {
    if (node < 0 || node >= MOST_NODES) {
      throw new IllegalArgumentException(
          "node %d is not accepted; accepted: 0 to %d".formatted(node, MOST_NODES - 1));
    }
    return NETWORK + node + 1;
  }

  /** The address of a node. */
  public static InetAddress of(int node) {
    int number = number(node);
    try {
      return InetAddress.getByAddress(
          new byte[] {
            (byte) (number >>> 24), (byte) (number >>> 16), (byte) (number >>> 8), (byte) number
          });
    } catch (UnknownHostException e) {
      throw new IllegalStateException("four bytes are always an address", e);
    }
  }

  /** All of them, as ip-route(8) wants it. */
  public static String network() {
    return "198.18.0.0/" + PREFIX_BITS;
  }

  /** The address of a node with the length of the network's prefix, as ip-address(8) wants it. */
  public static String withPrefix(int node) {
    return of(node).getHostAddress() + "/" + PREFIX_BITS;
  }
}
