package io.mooseng.bench.core.link.relay;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.LinkRequest;
import io.mooseng.bench.core.link.profile.LinkPath;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

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

  /** A relay is reached from anywhere on this machine, and reaches everything there. */
  @Override
  public <T> T atServer(Callable<T> task) throws IOException {
    try {
      return task.call();
    } catch (IOException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public <T> T atClient(Callable<T> task) throws IOException {
    return atServer(task);
  }

  /** What loopback has, which is the path of no packet that anybody asked about. */
  @Override
  public Map<String, Object> facts() {
    return Map.of();
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
