package io.mooseng.bench.core.link;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.Callable;

/**
 * A network between the clients of a run and its servers, open until closed.
 *
 * <p>Servers are started by {@link #atServer}, listening on {@link #serverHost}. Clients dial what
 * {@link #reach} answers, from where the harness is; see {@link LinkBackend#enter}. Safe for use by
 * any number of threads.
 */
public interface EmulatedNetwork extends AutoCloseable {

  /**
   * Does something at the far end: a socket that is opened there stays there, and so does a process
   * that is started there. It runs in another thread, and must not leave threads behind.
   *
   * @throws IOException what {@code task} threw, or that it cannot be done there
   */
  <T> T atServer(Callable<T> task) throws IOException;

  /**
   * Does something at the near end, as {@link #atServer} does at the far end. Where the harness is
   * at the near end already, this is the same as doing it.
   *
   * @throws IOException what {@code task} threw, or that it cannot be done there
   */
  <T> T atClient(Callable<T> task) throws IOException;

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
   * What the ends of the network are like, which results depend on though no profile asks for it:
   * congestion control, MTU, offloads. Names carry their unit; empty if nothing is known.
   */
  Map<String, Object> facts();

  /**
   * Takes the network down, with every connection over it.
   *
   * @throws IOException if it had failed by itself while it was open, or something of it is left
   */
  @Override
  void close() throws IOException;
}
