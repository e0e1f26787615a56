package io.mooseng.bench.multiregion.cluster;

/**
 * Where one region is reached.
 *
 * @param name tells it apart
 * @param host of both ports
 * @param port of the MooseNG server: master, chunkserver and what this project adds
 * @param raftPort of the consensus between regions
 */
public record Region(String name, String host, int port, int raftPort) {

  private static final int MOST = 65535;

  public Region {
    requirePort(name, port);
    requirePort(name, raftPort);
  }

  private static void requirePort(String name, int port) {
    if (port < 1 || port > MOST) {
      throw new IllegalArgumentException(
          "port %d of region '%s' is not accepted; accepted: 1 to 65535".formatted(port, name));
    }
  }

  /** {@code host:port} of the MooseNG server. */
  public String address() {
    return host + ":" + port;
  }

  /** {@code host:port} of the consensus. */
  public String raftAddress() {
    return host + ":" + raftPort;
  }
}
