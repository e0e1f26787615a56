package io.mooseng.bench.multiregion.linearizability;

import io.mooseng.bench.multiregion.history.Action.CompareAndSet;
import io.mooseng.bench.multiregion.history.Action.Create;
import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Write;
import io.mooseng.bench.multiregion.history.Operation;
import io.mooseng.bench.multiregion.linearizability.KeySearch.Found;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes a violation small enough to be understood, without ever making one up: only what a
 * linearizable history stays linearizable without is left out.
 *
 * <ul>
 *   <li>Whatever was invoked after a moment, with what returned after it taken as pending: every
 *       beginning of a linearizable history is linearizable.
 *   <li>What changes no state: a read, or an operation that was refused.
 *   <li>A write whose value nobody saw, if everything else reads and writes: without it, each read
 *       sees what it saw.
 *   <li>Whatever had returned before a write that nothing else overlaps: after it, nobody can know
 *       what was before. Unless what is left has seen a value that was written there: such a write
 *       is left, so that a person sees where the value came from.
 * </ul>
 */
final class Witness {

  private final long budget;
  private long configurations;

  Witness(long budget) {
    this.budget = budget;
  }

  long configurations() {
    return configurations;
  }

  /** The smallest violation that leaving out one thing after the other leads to. */
  List<Operation> reduce(List<Operation> violation) {
    List<Operation> least = shortestBeginning(violation);
    boolean smaller = true;
    while (smaller) {
      smaller = false;
      for (int i = least.size() - 1; i >= 0; i--) {
        List<Operation> fewer = new ArrayList<>(least);
        Operation left = fewer.remove(i);
        if (canBeLeftOut(left, fewer) && violates(fewer)) {
          least = fewer;
          smaller = true;
        }
      }
      List<Operation> end = shortestEnd(least);
      smaller |= end.size() < least.size();
      least = end;
    }
    return least;
  }

  private List<Operation> shortestEnd(List<Operation> violation) {
    for (int i = violation.size() - 1; i > 0; i--) {
      Operation write = violation.get(i);
      if (write.action() instanceof Write && !write.isPending()) {
        List<Operation> end =
            violation.stream()
                .filter(other -> other.returnedNanos() >= write.invokedNanos())
                .toList();
        if (end.size() < violation.size()
            && end.stream().allMatch(other -> other == write || apart(write, other))
            && !needsWhatIsLeftOut(violation, end)
            && violates(end)) {
          return end;
        }
      }
    }
    return violation;
  }

  /** Pending operations overlap everything that comes later, but may take effect after it. */
  private static boolean apart(Operation write, Operation other) {
    return other.isPending() || other.invokedNanos() > write.returnedNanos();
  }

  private static boolean needsWhatIsLeftOut(List<Operation> all, List<Operation> end) {
    Set<Long> seen = new HashSet<>();
    for (Operation operation : end) {
      if (operation.action() instanceof Read read) {
        read.observed().ifPresent(seen::add);
      } else if (operation.action() instanceof CompareAndSet cas && !operation.isPending()) {
        seen.add(cas.expected());
      }
    }
    return all.stream()
        .filter(operation -> !end.contains(operation))
        .anyMatch(
            operation ->
                operation.action() instanceof Write write && seen.contains(write.value())
                    || operation.action() instanceof CompareAndSet cas && seen.contains(cas.value())
                    || operation.action() instanceof Create create
                        && seen.contains(create.value()));
  }

  /** By bisection: once a beginning is a violation, so is every longer one. */
  private List<Operation> shortestBeginning(List<Operation> violation) {
    List<Long> returns =
        violation.stream()
            .filter(operation -> !operation.isPending())
            .map(Operation::returnedNanos)
            .sorted()
            .toList();
    int low = 0;
    int high = returns.size() - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (violates(beginning(violation, returns.get(middle)))) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    List<Operation> shortest = beginning(violation, returns.get(high));
    return violates(shortest) ? shortest : violation;
  }

  private static List<Operation> beginning(List<Operation> operations, long untilNanos) {
    return operations.stream()
        .filter(operation -> operation.invokedNanos() <= untilNanos)
        .map(operation -> operation.asOf(untilNanos))
        .toList();
  }

  private static boolean canBeLeftOut(Operation left, List<Operation> others) {
    if (ObjectState.changesNothing(left.action())) {
      return true;
    }
    if (!(left.action() instanceof Write write)) {
      return false;
    }
    Set<Long> seen = new HashSet<>();
    for (Operation other : others) {
      if (other.action() instanceof Read read) {
        read.observed().ifPresent(seen::add);
      } else if (!(other.action() instanceof Write)) {
        return false;
      }
    }
    return !seen.contains(write.value());
  }

  /** A search that is given up proves nothing, so it counts as none. */
  private boolean violates(List<Operation> operations) {
    KeySearch search = new KeySearch(operations, budget);
    Found found = search.run();
    configurations += search.configurations();
    return found == Found.NO_ORDER;
  }
}
