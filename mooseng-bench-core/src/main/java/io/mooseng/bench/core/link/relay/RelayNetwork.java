package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * Relays one behind the other, one for each link of a path.
 *
 * <p>Lives in the parent process, so that a fork measures no thread but its own.
 */
final class RelayNetwork implements EmulatedNetwork {

  private final LinkRequest request;
  private final List<Relay> relays = new ArrayList<>();

  RelayNetwork(LinkRequest request) {
    this.request = request;
  }

  @Override
  public List<String> serverCommand() {
    return List.of();
  }

  @Override
  public InetAddress serverHost() {
    return InetAddress.getLoopbackAddress();
  }

  @Override
  public synchronized InetSocketAddress reach(InetSocketAddress server) throws IOException {
    InetSocketAddress next = server;
    List<LinkPath.Hop> hops = request.path().hops();
    for (int hop = hops.size() - 1; hop >= 0; hop--) {
      Relay relay = Relay.open(hops.get(hop).profile(), next);
      relays.add(relay);
      next = relay.address();
    }
    return next;
  }

  @Override
  public synchronized void close() throws IOException {
    IOException failure = null;
    for (Relay relay : relays) {
      try {
        relay.close();
      } catch (IOException e) {
        failure = failure == null ? e : failure;
      }
    }
    relays.clear();
    if (failure != null) {
      throw failure;
    }
  }
}
