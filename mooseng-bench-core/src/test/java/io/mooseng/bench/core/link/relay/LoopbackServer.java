package io.mooseng.bench.core.link.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

/** An upstream for tests: each connection is served by a thread of its own. */
final class LoopbackServer implements AutoCloseable {

  @FunctionalInterface
  interface Service<T> {
    T serve(Socket socket) throws Exception;
  }

  private final ServerSocket listener;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final BlockingQueue<Object> answers = new LinkedBlockingQueue<>();

  /** Serves every connection; what the service answers or throws goes to {@link #next}. */
  LoopbackServer(int receiveBufferBytes, Service<?> service) throws IOException {
    listener = new ServerSocket();
    if (receiveBufferBytes > 0) {
      listener.setReceiveBufferSize(receiveBufferBytes);
    }
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024);
    threads.execute(() -> acceptAll(service));
  }

  LoopbackServer(Service<?> service) throws IOException {
    this(0, service);
  }

  private void acceptAll(Service<?> service) {
    while (!listener.isClosed()) {
      try {
        Socket socket = listener.accept();
        threads.execute(() -> serve(socket, service));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket socket, Service<?> service) {
    Object answer;
    try (socket) {
      socket.setTcpNoDelay(true);
      answer = service.serve(socket);
    } catch (Exception e) {
      answer = e;
    }
    answers.add(answer);
  }

  InetSocketAddress address() {
    return (InetSocketAddress) listener.getLocalSocketAddress();
  }

  /** How the next connection to finish was served; waits for it. */
  <T> T next(Class<T> type) throws InterruptedException {
    Object answer = answers.take();
    if (answer instanceof Exception e && !type.isInstance(answer)) {
      throw new AssertionError("the server failed", e);
    }
    return type.cast(answer);
  }

  @Override
  public void close() throws IOException {
    listener.close();
    threads.shutdownNow();
  }
}
