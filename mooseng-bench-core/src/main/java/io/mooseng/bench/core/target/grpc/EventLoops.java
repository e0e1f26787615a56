package io.mooseng.bench.core.target.grpc;

import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.util.concurrent.EventExecutor;
import io.mooseng.bench.core.wire.TransportTuning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The event-loop threads of a driver and of all clients made from it: one per processor, each
 * started when the first channel needs it, so that there are never more than channels. They end
 * when the last client is closed. Safe for any number of threads.
 */
final class EventLoops {

  private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

  private final EventLoopGroup group =
      TransportTuning.eventLoops("mooseng-client", Runtime.getRuntime().availableProcessors());
  private final List<EventLoop> loops = new ArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();
  private final AtomicInteger users = new AtomicInteger(1);

  EventLoops() {
    for (EventExecutor loop : group) {
      loops.add((EventLoop) loop);
    }
  }

  /** The loop of the next channel: each in turn, so that channels are spread evenly. */
  EventLoop next() {
    return loops.get(Math.floorMod(turn.getAndIncrement(), loops.size()));
  }

  /** The loop for what belongs to no channel. */
  EventLoop first() {
    return loops.get(0);
  }

  /** These loops for one more client, which must {@link #release} them. */
  EventLoops share() {
    users.incrementAndGet();
    return this;
  }

  /** Ends the threads if nobody else uses them. */
  void release() {
    if (users.decrementAndGet() == 0) {
      group
          .shutdownGracefully(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
          .awaitUninterruptibly();
    }
  }
}
