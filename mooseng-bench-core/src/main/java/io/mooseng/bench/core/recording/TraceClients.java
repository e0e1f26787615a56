package io.mooseng.bench.core.recording;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which client of a trace a call is given to: a client of the target is as many of them as it had
 * calls under way at once, for a client of a trace performs one after the other. A thread keeps its
 * own as long as that is free. For one thread at a time.
 *
 * <p>Calls come about in the order of ends. Where one comes much later than it ended, what its
 * clients did meanwhile is forgotten, and there may be more clients than calls were under way.
 */
final class TraceClients {

  private final Map<Object, List<Lane>> byClient = new IdentityHashMap<>();
  private int count;
  private long origin;

  /** How many there are so far. */
  int count() {
    return count;
  }

  /** The number, from 0, of a call that has ended. */
  int numberOf(Noted call) {
    if (count == 0) {
      origin = call.startNanos();
    }
    // Differences to a time nearby do not overflow, as times of the clock may.
    long start = call.startNanos() - origin;
    long end = call.endNanos() - origin;
    List<Lane> lanes = byClient.computeIfAbsent(call.client(), client -> new ArrayList<>());
    Lane lane = laneFor(lanes, call.thread(), start, end);
    lane.give(call.thread(), start, end);
    return lane.number;
  }

  /** The thread's own or any other; of these, the one that was free for the shortest time. */
  private Lane laneFor(List<Lane> lanes, Thread thread, long start, long end) {
    Lane best = null;
    long latest = 0;
    for (Lane lane : lanes) {
      if (!lane.isFree(start, end)) {
        continue;
      }
      boolean own = lane.thread == thread;
      boolean bestIsOwn = best != null && best.thread == thread;
      long since = lane.lastEndBefore(start);
      if (best == null || (own == bestIsOwn ? since > latest : own)) {
        best = lane;
        latest = since;
      }
    }
    if (best == null) {
      best = new Lane(count++);
      lanes.add(best);
    }
    return best;
  }

  /** A client of the trace, with its last calls. */
  private static final class Lane {

    private static final int REMEMBERED = 4;

    final int number;
    Thread thread;
    private final long[] starts = new long[REMEMBERED];
    private final long[] ends = new long[REMEMBERED];
    private int given;

    /** When the last call had ended that is no longer remembered. */
    private long forgottenUntil = Long.MIN_VALUE;

    Lane(int number) {
      this.number = number;
    }

    private int remembered() {
      return Math.min(given, REMEMBERED);
    }

    boolean isFree(long start, long end) {
      for (int i = 0; i < remembered(); i++) {
        if (starts[i] < end && start < ends[i]) {
          return false;
        }
      }
      return start >= forgottenUntil;
    }

    long lastEndBefore(long start) {
      long last = forgottenUntil;
      for (int i = 0; i < remembered(); i++) {
        if (ends[i] <= start) {
          last = Math.max(last, ends[i]);
        }
      }
      return last;
    }

    void give(Thread by, long start, long end) {
      int place = given % REMEMBERED;
      if (given >= REMEMBERED) {
        forgottenUntil = Math.max(forgottenUntil, ends[place]);
      }
      starts[place] = start;
      ends[place] = end;
      thread = by;
      given++;
    }
  }
}
