package io.mooseng.bench.core.machine.ceiling;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * The two ends of one TCP connection over loopback, and a daemon thread that works the far end
 * until the pair is closed.
 */
final class LoopbackPair implements AutoCloseable {

  /** What the far end does; it ends when its channel is closed under it. */
  @FunctionalInterface
  interface FarEnd {
    void work(SocketChannel channel) throws IOException;
  }

  private final SocketChannel near;
  private final SocketChannel far;
  private final Thread worker;

  LoopbackPair(FarEnd farEnd) throws IOException {
    try (ServerSocketChannel server = ServerSocketChannel.open()) {
      server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1);
      near = SocketChannel.open(server.getLocalAddress());
      far = server.accept();
    }
    near.setOption(StandardSocketOptions.TCP_NODELAY, true);
    far.setOption(StandardSocketOptions.TCP_NODELAY, true);
    worker = new Thread(() -> work(farEnd), "ceiling-loopback");
    worker.setDaemon(true);
    worker.start();
  }

  private void work(FarEnd farEnd) {
    try {
      farEnd.work(far);
    } catch (IOException e) {
      closeFar(); // either end was closed: the near end sees it, if it still looks
    }
  }

  private void closeFar() {
    try {
      far.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  SocketChannel near() {
    return near;
  }

  @Override
  public void close() throws IOException {
    try (far) {
      near.close();
    }
    try {
      worker.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
