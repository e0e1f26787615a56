package io.mooseng.bench.network;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.grpc.RpcAccess;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * Channels of gRPC, each until it is ready for calls. Their connections are closed by a reset, so
 * that they leave no port in use.
 */
final class ChannelStorm implements Storm {

  private static final long CLOSE_SECONDS = 10;

  private final RpcAccess rpcs;
  private final List<ManagedChannel> channels;
  private final CountDownLatch decided;
  private final AtomicInteger ready = new AtomicInteger();
  private int failed;

  /** Makes the channels, which do not connect yet. */
  ChannelStorm(RpcAccess rpcs, int count) {
    this.rpcs = rpcs;
    this.decided = new CountDownLatch(count);
    this.channels =
        Stream.generate(
                () -> rpcs.newChannel(channel -> channel.withOption(ChannelOption.SO_LINGER, 0)))
            .limit(count)
            .toList();
  }

  @Override
  public void connect() throws OperationException {
    channels.forEach(this::follow);
    try {
      decided.await(rpcs.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    failed = channels.size() - ready.get();
    if (failed > 0) {
      throw OperationException.light(
          FailureKind.UNAVAILABLE,
          "%d of %d channels to %s were not ready, %d of them within %d ms"
              .formatted(
                  failed,
                  channels.size(),
                  rpcs.address(),
                  decided.getCount(),
                  rpcs.connectTimeout().toMillis()));
    }
  }

  /** Connects a channel, and hears of every change until it is decided. */
  private void follow(ManagedChannel channel) {
    ConnectivityState state = channel.getState(true);
    if (state == ConnectivityState.READY) {
      ready.incrementAndGet();
      decided.countDown();
    } else if (state == ConnectivityState.TRANSIENT_FAILURE
        || state == ConnectivityState.SHUTDOWN) {
      decided.countDown();
    } else {
      channel.notifyWhenStateChanged(state, () -> follow(channel));
    }
  }

  @Override
  public int failed() {
    return failed;
  }

  @Override
  public void close() {
    channels.forEach(ManagedChannel::shutdownNow);
    try {
      for (ManagedChannel channel : channels) {
        channel.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
