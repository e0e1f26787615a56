package io.mooseng.bench.core.target.grpc;

import io.grpc.SynchronizationContext;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;

/**
 * Lets each channel have only so many calls at once; the others wait, first come, first served.
 * Channels with room take calls in turn. Safe for any number of threads.
 */
final class StreamLimit {

  private final int perLane;
  private final int[] underWay;
  private final Queue<Lane> withRoom;
  private final Queue<Entrant> waiting = new ArrayDeque<>();

  /** All state is touched in here only: one step after the other, without blocking a thread. */
  private final SynchronizationContext steps =
      new SynchronizationContext(
          (thread, failure) -> {
            throw new IllegalStateException("a call was not begun", failure);
          });

  StreamLimit(List<Lane> lanes, int perLane) {
    this.perLane = perLane;
    this.underWay = new int[lanes.size()];
    this.withRoom = new ArrayDeque<>(lanes);
  }

  /** What waits for a channel; must not throw. */
  @FunctionalInterface
  interface Entrant {
    /**
     * @param waited whether there was no room at first
     */
    void enter(Lane lane, boolean waited);
  }

  /** Calls {@code call} with a channel that has room; now, or in whichever thread makes room. */
  void enter(Entrant call) {
    steps.execute(
        () -> {
          Lane lane = withRoom.poll();
          if (lane == null) {
            waiting.add(call);
            return;
          }
          underWay[lane.number()]++;
          if (underWay[lane.number()] < perLane) {
            withRoom.add(lane);
          }
          call.enter(lane, false);
        });
  }

  /** A call on {@code lane} has ended. */
  void leave(Lane lane) {
    steps.execute(
        () -> {
          Entrant next = waiting.poll();
          if (next != null) {
            next.enter(lane, true);
            return;
          }
          if (underWay[lane.number()] == perLane) {
            withRoom.add(lane);
          }
          underWay[lane.number()]--;
        });
  }
}
