package io.mooseng.bench.core.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * A network between the clients of a run and its servers, open until closed.
 *
 * <p>Servers are started at its far end: with {@link #serverCommand} before their own command line,
 * listening on {@link #serverHost}. Clients dial what {@link #reach} answers. Safe for use by any
 * number of threads.
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
   * Takes the network down, with every connection over it.
   *
   * @throws IOException if it had failed by itself while it was open, or something of it is left
   */
  @Override
  void close() throws IOException;
}
