package io.mooseng.bench.core.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A network between the clients of a run and its servers, open until closed.
 *
 * <p>Servers are started at its far end: with {@link #serverCommand} before their own command line,
 * listening on {@link #serverHost}. Clients dial what {@link #reach} answers, from where the
 * harness is; see {@link LinkBackend#enter}. Safe for use by any number of threads.
 */
public interface EmulatedNetwork extends AutoCloseable {

  /**
   * What goes before the command line of a process so that it runs at the far end, such as {@code
   * ip netns exec NAME}; empty if it makes no difference where a process runs.
   */
  List<String> serverCommand();

  /** The address servers are to listen on. */
  InetAddress serverHost();

  /**
   * Where clients have to dial to reach a server over the links.
   *
   * @param server where the server listens; it need not listen yet
   * @throws IllegalArgumentException if {@code server} does not resolve
   * @throws IOException in one line, if it cannot be reached
   */
  InetSocketAddress reach(InetSocketAddress server) throws IOException;

  /**
   * Does something at the far end: a socket that is opened there stays there. It may run in another
   * thread, and must not leave threads behind. By default the far end is where this program is.
   *
   * @throws IOException what {@code task} threw, or that it cannot be done there
   */
  default <T> T atServer(Callable<T> task) throws IOException {
    return Here.call(task);
  }

  /**
   * Does something at the near end, as {@link #atServer} does at the far end. Where the harness is
   * at the near end already, this is the same as doing it.
   *
   * @throws IOException what {@code task} threw, or that it cannot be done there
   */
  default <T> T atClient(Callable<T> task) throws IOException {
    return Here.call(task);
  }

  /**
   * Breaks the network, or mends it: what was wrong before no longer is.
   *
   * @param outbound what is wrong from clients to servers
   * @param inbound what is wrong from servers to clients
   * @throws UnsupportedOperationException if this backend cannot do that
   */
  default void disturb(LinkFault outbound, LinkFault inbound) {
    throw new UnsupportedOperationException("this backend has no faults that come and go");
  }

  /**
   * What the ends of the network are like, which results depend on though no profile asks for it:
   * congestion control, MTU, offloads. Names carry their unit; empty if nothing is known.
   */
  default Map<String, Object> facts() {
    return Map.of();
  }

  /**
   * Takes the network down, with every connection over it.
   *
   * @throws IOException if it had failed by itself while it was open, or something of it is left
   */
  @Override
  void close() throws IOException;
}
