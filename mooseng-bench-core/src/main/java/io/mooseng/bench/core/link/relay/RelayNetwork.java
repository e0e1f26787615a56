package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkFault;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.impair.Impairment;
import io.mooseng.bench.core.link.profile.LinkPath;
import io.mooseng.bench.core.link.profile.LinkProfile;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Relays one behind the other, one for each link of a path.
 *
 * <p>Lives in the parent process, so that a fork measures no thread but its own.
 */
final class RelayNetwork implements EmulatedNetwork {

  /** One for each link of the path, from the client on. */
  private final List<Relay> relays = new ArrayList<>();

  RelayNetwork(LinkRequest request) throws IOException {
    List<LinkPath.Hop> hops = request.path().hops();
    try {
      for (int hop = 0; hop < hops.size(); hop++) {
        LinkProfile profile = hops.get(hop).profile();
        long seed = Impairment.seedOf(request.seed(), hop, true);
        relays.add(Relay.open(profile, RelayLimits.defaults(), seed));
      }
    } catch (IOException e) {
      close();
      throw e;
    }
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
    for (int hop = relays.size() - 1; hop >= 0; hop--) {
      next = relays.get(hop).listen(next);
    }
    return next;
  }

  /** Both ends of a relay are sockets of the loopback interface. */
  @Override
  public Map<String, Object> facts() {
    try {
      NetworkInterface loopback = NetworkInterface.getByInetAddress(serverHost());
      return loopback == null ? Map.of() : Map.of("mtuBytes", loopback.getMTU());
    } catch (SocketException e) {
      return Map.of();
    }
  }

  @Override
  public synchronized void disturb(LinkFault outbound, LinkFault inbound) {
    relays.forEach(relay -> relay.disturb(outbound, inbound));
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
