package io.mooseng.bench.core.link.tun;

import java.util.Arrays;

/**
 * Where a node is joined to the forwarder: its device, the packets that came from it, and where
 * they can go.
 *
 * <p>Confined to one thread.
 */
final class Port implements AutoCloseable {

  /**
   * Room for what is under way from one node: what 5 Gbit/s send in 100 ms. Memory that is not used
   * is not resident.
   */
  static final int ARENA_BYTES = 64 << 20;

  private final TunDevice device;
  private final PacketArena arena = new PacketArena(ARENA_BYTES);
  private int[] addresses = {};
  private Route[] routes = {};

  Port(TunDevice device) {
    this.device = device;
  }

  TunDevice device() {
    return device;
  }

  PacketArena arena() {
    return arena;
  }

  /** Packets for {@code address} take {@code route} from now on. */
  void add(int address, Route route) {
    addresses = Arrays.copyOf(addresses, addresses.length + 1);
    routes = Arrays.copyOf(routes, routes.length + 1);
    addresses[addresses.length - 1] = address;
    routes[routes.length - 1] = route;
  }

  /** Where packets for an IPv4 address go; null if nowhere. */
  Route route(int address) {
    for (int i = 0; i < addresses.length; i++) {
      if (addresses[i] == address) {
        return routes[i];
      }
    }
    return null;
  }

  @Override
  public void close() {
    device.close();
    arena.close();
  }
}
