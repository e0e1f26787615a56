package io.mooseng.bench.core.link.proof;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** Answers every byte of one connection with the same byte, at once. */
final class EchoServer implements AutoCloseable {

  private static final int BUFFER_BYTES = 64;

  private final ServerSocketChannel listener;

  private EchoServer(ServerSocketChannel listener) {
    this.listener = listener;
  }

  static EchoServer open() throws IOException {
    ServerSocketChannel listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    EchoServer server = new EchoServer(listener);
    Thread thread = new Thread(server::serve, "link-echo");
    thread.setDaemon(true);
    thread.start();
    return server;
  }

  InetSocketAddress address() throws IOException {
    return (InetSocketAddress) listener.getLocalAddress();
  }

  private void serve() {
    ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);
    try (SocketChannel channel = listener.accept()) {
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      while (channel.read(buffer) >= 0) {
        buffer.flip();
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        buffer.clear();
      }
    } catch (IOException e) {
      // Closed, or the pinging side is gone; that side reports what went wrong.
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
  }
}
