package io.mooseng.bench.multiregion.linearizability;

import io.mooseng.bench.multiregion.history.Operation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks for an order of the operations on one object that explains all answers.
 *
 * <p>The algorithm is that of J. M. Wing and C. Gong (<i>Testing and Verifying Concurrent
 * Objects</i>, JPDC 17, 1993) with the memory of configurations, operations done and state, that G.
 * Lowe added (<i>Testing for linearizability</i>, CCPE 29(4), 2017): no configuration is looked at
 * twice. Events lie in a doubly linked list; an operation that is taken as done leaves it, and
 * comes back when the choice is undone. An operation without a known outcome has no return in the
 * list: it may be done at any time or never.
 */
final class KeySearch {

  /** What a search found. */
  enum Found {
    ORDER,
    NO_ORDER,
    BUDGET_SPENT
  }

  /** An event in the list; the head is no event. */
  private static final class Event {
    private final int index;
    private final Operation operation;
    private Event match;
    private final boolean isReturn;
    private Event before;
    private Event after;

    Event(int index, Operation operation, boolean isReturn) {
      this.index = index;
      this.operation = operation;
      this.isReturn = isReturn;
    }

    void unlink() {
      before.after = after;
      if (after != null) {
        after.before = before;
      }
    }

    void relink() {
      before.after = this;
      if (after != null) {
        after.before = this;
      }
    }
  }

  private record Choice(Event invocation, long stateBefore) {}

  private record Configuration(BitSet done, long state) {}

  private final Event head = new Event(-1, null, false);
  private final long budget;
  private final Deque<Choice> choices = new ArrayDeque<>();
  private final Set<Configuration> seen = new HashSet<>();
  private final BitSet done = new BitSet();
  private int returnsLeft;
  private long state = ObjectState.ABSENT;
  private long configurations;

  /**
   * @param operations on one object
   * @param budget the most configurations to look at
   */
  KeySearch(List<Operation> operations, long budget) {
    this.budget = budget;
    Event last = head;
    for (Event event : events(Unseen.leftOut(operations))) {
      last.after = event;
      event.before = last;
      last = event;
      returnsLeft += event.isReturn ? 1 : 0;
    }
  }

  /** What happens at the same time is concurrent, so invocations go first. */
  private static List<Event> events(List<Operation> operations) {
    List<Event> events = new ArrayList<>();
    Map<Event, Long> times = new HashMap<>();
    for (int i = 0; i < operations.size(); i++) {
      Operation operation = operations.get(i);
      Event invocation = new Event(i, operation, false);
      events.add(invocation);
      times.put(invocation, operation.invokedNanos());
      if (!operation.isPending()) {
        Event end = new Event(i, operation, true);
        invocation.match = end;
        events.add(end);
        times.put(end, operation.returnedNanos());
      }
    }
    events.sort(Comparator.<Event>comparingLong(times::get).thenComparing(event -> event.isReturn));
    return events;
  }

  long configurations() {
    return configurations;
  }

  Found run() {
    Event next = head.after;
    while (returnsLeft > 0) {
      if (configurations > budget) {
        return Found.BUDGET_SPENT;
      }
      if (next != null && !next.isReturn) {
        next = tried(next) ? head.after : next.after;
      } else if (choices.isEmpty()) {
        return Found.NO_ORDER;
      } else {
        next = undone().after;
      }
    }
    return Found.ORDER;
  }

  /** Takes an operation as done now, unless that is impossible or leads where we were before. */
  private boolean tried(Event invocation) {
    configurations++;
    long next = ObjectState.after(state, invocation.operation.action());
    if (next == ObjectState.IMPOSSIBLE) {
      return false;
    }
    done.set(invocation.index);
    if (!seen.add(new Configuration((BitSet) done.clone(), next))) {
      done.clear(invocation.index);
      return false;
    }
    choices.push(new Choice(invocation, state));
    state = next;
    invocation.unlink();
    if (invocation.match != null) {
      invocation.match.unlink();
      returnsLeft--;
    }
    return true;
  }

  private Event undone() {
    Choice choice = choices.pop();
    Event invocation = choice.invocation();
    done.clear(invocation.index);
    state = choice.stateBefore();
    if (invocation.match != null) {
      invocation.match.relink();
      returnsLeft++;
    }
    invocation.relink();
    return invocation;
  }
}
