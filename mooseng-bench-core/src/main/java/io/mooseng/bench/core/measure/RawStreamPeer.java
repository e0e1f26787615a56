package io.mooseng.bench.core.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.AsynchronousCloseException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The other side of {@link RawStream}s, on loopback: in a thread of this JVM by {@link #start}, or,
 * so that the two sides share neither heap nor JIT, in a JVM of its own by {@link #main}.
 */
public final class RawStreamPeer implements AutoCloseable {

  private final ServerSocketChannel server;
  private final Set<SocketChannel> connections = ConcurrentHashMap.newKeySet();

  private RawStreamPeer(ServerSocketChannel server) {
    this.server = server;
  }

  /** Listens on a free port of the loopback address, with a daemon thread per connection. */
  public static RawStreamPeer start() throws IOException {
    ServerSocketChannel server = ServerSocketChannel.open();
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    RawStreamPeer peer = new RawStreamPeer(server);
    daemon(peer::acceptAll);
    return peer;
  }

  /** Prints the port on standard output and serves until standard input ends. */
  public static void main(String[] arguments) throws IOException {
    try (RawStreamPeer peer = start()) {
      System.out.println(peer.address().getPort());
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
    }
  }

  /** Where to {@link RawStream#connect}. */
  public InetSocketAddress address() {
    try {
      return (InetSocketAddress) server.getLocalAddress();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void daemon(Runnable task) {
    Thread thread = new Thread(task, "raw-stream-peer");
    thread.setDaemon(true);
    thread.start();
  }

  private void acceptAll() {
    try {
      while (true) {
        SocketChannel connection = server.accept();
        connections.add(connection);
        daemon(() -> serve(connection));
      }
    } catch (AsynchronousCloseException e) {
      // Closed: no more connections are wanted.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void serve(SocketChannel connection) {
    try (RawStream stream = RawStream.accepted(connection)) {
      stream.serve();
    } catch (IOException e) {
      // The side that measures sees the same break, and reports it.
    } finally {
      connections.remove(connection);
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
    for (SocketChannel connection : connections) {
      connection.close();
    }
  }
}
