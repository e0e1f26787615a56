package io.mooseng.bench.core.recording;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which client of a trace a call is given to: a client of the target is as many of them as it had
 * calls under way at once, for a client of a trace performs one after the other. A thread keeps its
 * own as long as that is free. For one thread at a time.
 */
final class TraceClients {

  /** A client of the trace. */
  private static final class Lane {

    final int number;
    Thread thread;
    long busyUntilNanos;

    Lane(int number) {
      this.number = number;
    }

    boolean isFreeAt(long nanos) {
      return nanos - busyUntilNanos >= 0;
    }
  }

  private final Map<Object, List<Lane>> byClient = new IdentityHashMap<>();
  private int count;

  /** The number, from 0, of a call that has ended; calls come about in the order of ends. */
  int numberOf(Noted call) {
    List<Lane> lanes = byClient.computeIfAbsent(call.client(), client -> new ArrayList<>());
    Lane lane = laneFor(lanes, call);
    lane.thread = call.thread();
    lane.busyUntilNanos = call.endNanos();
    return lane.number;
  }

  private Lane laneFor(List<Lane> lanes, Noted call) {
    Lane free = null;
    for (Lane lane : lanes) {
      if (lane.isFreeAt(call.startNanos())) {
        if (lane.thread == call.thread()) {
          return lane;
        }
        free = free == null ? lane : free;
      }
    }
    if (free == null) {
      free = new Lane(count++);
      lanes.add(free);
    }
    return free;
  }
}
