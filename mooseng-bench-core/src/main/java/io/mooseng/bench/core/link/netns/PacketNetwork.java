package io.mooseng.bench.core.link.netns;

import io.mooseng.bench.core.link.EmulatedNetwork;
import io.mooseng.bench.core.link.TestAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.Callable;

/** What networks of packets between two namespaces have in common, however packets get across. */
public abstract class PacketNetwork implements EmulatedNetwork {

  private final NetworkEnds ends;

  protected PacketNetwork(NetworkEnds ends) {
    this.ends = ends;
  }

  protected final NetworkEnds ends() {
    return ends;
  }

  @Override
  public final List<String> serverCommand() {
    return ends.serverCommand();
  }

  @Override
  public final <T> T atServer(Callable<T> task) throws IOException {
    return ends.server().call(task);
  }

  @Override
  public final <T> T atClient(Callable<T> task) throws IOException {
    return ends.client().call(task);
  }

  @Override
  public final InetAddress serverHost() {
    return TestAddresses.of(TestAddresses.SERVER);
  }

  /** Where the server listens: packets find their way. */
  @Override
  public final InetSocketAddress reach(InetSocketAddress server) throws IOException {
    if (!serverHost().equals(server.getAddress())) {
      throw new IOException(
          "%s cannot be reached over an emulated network; accepted: servers of this run"
              .formatted(server));
    }
    return server;
  }

  @Override
  public void close() throws IOException {
    ends.close();
  }
}
