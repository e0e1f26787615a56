package io.mooseng.bench.core.target.grpc;

import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The channels to one address, and which of them takes the next call. Safe for any number of
 * threads.
 *
 * <p>Channels take calls in turn. The calls of a benchmark are alike, so that turns load channels
 * as evenly as counting what is under way on each would, without two writes per call that all
 * threads share. A call that is made by an event loop (the next one of a closed loop) goes to the
 * channels of that loop, in turn: handing it to another thread would cost more than the call.
 */
final class Link {

  private final HostPort address;
  private final List<Lane> lanes;
  private final List<LoopLanes> byLoop;
  private final StreamLimit limit;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param lanes at least one; closed with this link
   * @param streamsPerLane most calls at once on each
   */
  Link(HostPort address, List<Lane> lanes, OptionalInt streamsPerLane) {
    this.address = address;
    this.lanes = List.copyOf(lanes);
    this.byLoop = byLoop(lanes);
    this.limit =
        streamsPerLane.isPresent() ? new StreamLimit(lanes, streamsPerLane.getAsInt()) : null;
  }

  private static List<LoopLanes> byLoop(List<Lane> lanes) {
    Map<EventLoop, List<Lane>> grouped = new LinkedHashMap<>();
    for (Lane lane : lanes) {
      grouped.computeIfAbsent(lane.loop(), loop -> new ArrayList<>()).add(lane);
    }
    return grouped.entrySet().stream()
        .map(entry -> new LoopLanes(entry.getKey(), entry.getValue()))
        .toList();
  }

  HostPort address() {
    return address;
  }

  /** A channel for calls that are not measured. */
  ManagedChannel channel() {
    return lanes.get(0).channel();
  }

  /** Lets {@code call} have a channel, now or when one has room; it gives it back. */
  void enter(StreamLimit.Entrant call) {
    if (limit == null) {
      call.enter(next(), false);
    } else {
      limit.enter(call);
    }
  }

  /** A call on {@code lane} has ended. */
  void leave(Lane lane) {
    if (limit != null) {
      limit.leave(lane);
    }
  }

  private Lane next() {
    if (lanes.size() == 1) {
      return lanes.get(0);
    }
    for (LoopLanes own : byLoop) {
      if (own.loop.inEventLoop()) {
        return own.next();
      }
    }
    return lanes.get(Math.floorMod(turn.getAndIncrement(), lanes.size()));
  }

  /** Ends all channels; calls in progress fail. */
  void shutdownNow() {
    lanes.forEach(lane -> lane.channel().shutdownNow());
  }

  void awaitTermination(Duration timeout) throws InterruptedException {
    for (Lane lane : lanes) {
      lane.channel().awaitTermination(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** The channels of one event loop. */
  private static final class LoopLanes {

    private final EventLoop loop;
    private final List<Lane> lanes;

    /** Touched by the loop only. */
    private int turn;

    LoopLanes(EventLoop loop, List<Lane> lanes) {
      this.loop = loop;
      this.lanes = lanes;
    }

    Lane next() {
      turn = turn + 1 < lanes.size() ? turn + 1 : 0;
      return lanes.get(turn);
    }
  }
}
