package io.mooseng.bench.core.target.grpc;

import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Keeps a channel trying to reach a server that has gone. gRPC's own back-off grows from 1 s by 1.6
 * to 120 s (doc/connection-backoff.md) and has no setting: a client would learn long after the
 * server came back, and what it measured until then would be its own back-off.
 *
 * <p>Runs on the channel's event loop.
 */
final class Reconnection {

  /** Between two attempts: much less than a server takes to start, much more than one refusal. */
  private static final long INTERVAL_MILLIS = 200;

  private final ManagedChannel channel;
  private final ScheduledExecutorService timer;
  private final Runnable regained;
  private boolean lost;
  private boolean trying;

  private Reconnection(ManagedChannel channel, ScheduledExecutorService timer, Runnable regained) {
    this.channel = channel;
    this.timer = timer;
    this.regained = regained;
  }

  /**
   * Looks after {@code channel} until it is shut down.
   *
   * @param regained runs after a connection was lost and is there again; must not block
   */
  static void keep(ManagedChannel channel, ScheduledExecutorService timer, Runnable regained) {
    new Reconnection(channel, timer, regained).observe();
  }

  private synchronized void observe() {
    ConnectivityState state = channel.getState(false);
    switch (state) {
      case TRANSIENT_FAILURE -> {
        lost = true;
        if (!trying) {
          trying = true;
          run(this::tryAgain, INTERVAL_MILLIS);
        }
      }
      // A server that ends closes its connections; gRPC is idle until the next call.
      case IDLE -> lost = true;
      case READY -> {
        if (lost) {
          lost = false;
          run(regained, 0);
        }
      }
      case CONNECTING -> {}
      case SHUTDOWN -> {
        return;
      }
    }
    channel.notifyWhenStateChanged(state, this::observe);
  }

  /** An attempt that fails changes no state, so that nothing else would ask for the next one. */
  private synchronized void tryAgain() {
    trying = channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE;
    if (trying) {
      channel.resetConnectBackoff();
      run(this::tryAgain, INTERVAL_MILLIS);
    }
  }

  private void run(Runnable action, long delayMillis) {
    try {
      timer.schedule(action, delayMillis, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      // The driver is closed, and with it the channel.
    }
  }
}
