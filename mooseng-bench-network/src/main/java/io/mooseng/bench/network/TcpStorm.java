package io.mooseng.bench.network;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** Bare TCP connections, closed by a reset, so that they leave no port in use. */
final class TcpStorm implements Storm {

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final RpcAccess rpcs;
  private final List<SocketChannel> channels;
  private final int count;
  private int failed;
  private String firstFailure;

  TcpStorm(RpcAccess rpcs, int count) {
    this.rpcs = rpcs;
    this.count = count;
    this.channels = new ArrayList<>(count);
  }

  @Override
  public void connect() throws OperationException {
    InetSocketAddress address = rpcs.address();
    try (Selector selector = Selector.open()) {
      int open = 0;
      for (int i = 0; i < count; i++) {
        open += begin(address, selector) ? 1 : 0;
      }
      await(selector, count - failed - open);
    } catch (IOException e) {
      throw new OperationException(
          FailureKind.RESOURCE_EXHAUSTED, "no sockets for a storm: " + e.getMessage(), e);
    }
    if (failed > 0) {
      throw OperationException.light(
          FailureKind.UNAVAILABLE,
          "%d of %d connections to %s failed; the first: %s"
              .formatted(failed, count, address, firstFailure));
    }
  }

  /** Returns whether it is open already. */
  private boolean begin(InetSocketAddress address, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open();
    channels.add(channel);
    channel.configureBlocking(false);
    try {
      if (channel.connect(address)) {
        return true;
      }
      channel.register(selector, SelectionKey.OP_CONNECT);
    } catch (IOException e) {
      failed(e.getMessage());
    }
    return false;
  }

  private void await(Selector selector, int begun) throws IOException {
    long deadline = System.nanoTime() + rpcs.connectTimeout().toNanos();
    int left = begun;
    while (left > 0) {
      long millis = (deadline - System.nanoTime()) / NANOS_PER_MILLI;
      if (millis <= 0) {
        for (; left > 0; left--) {
          failed("not there within " + rpcs.connectTimeout().toMillis() + " ms");
        }
        return;
      }
      selector.select(millis);
      for (SelectionKey key : selector.selectedKeys()) {
        left -= finish(key) ? 1 : 0;
      }
      selector.selectedKeys().clear();
    }
  }

  /** Returns whether its fate is known. */
  private boolean finish(SelectionKey key) {
    try {
      if (!((SocketChannel) key.channel()).finishConnect()) {
        return false;
      }
    } catch (IOException e) {
      failed(e.getMessage());
    }
    key.cancel();
    return true;
  }

  private void failed(String why) {
    failed++;
    firstFailure = firstFailure == null ? why : firstFailure;
  }

  @Override
  public int failed() {
    return failed;
  }

  @Override
  public void close() {
    for (SocketChannel channel : channels) {
      try {
        channel.setOption(StandardSocketOptions.SO_LINGER, 0);
        channel.close();
      } catch (IOException e) {
        // It is not used any more; the kernel ends it anyway.
      }
    }
  }
}
