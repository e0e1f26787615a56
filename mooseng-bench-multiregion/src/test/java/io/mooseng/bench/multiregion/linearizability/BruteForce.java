package io.mooseng.bench.multiregion.linearizability;

import io.mooseng.bench.multiregion.history.Action;
import io.mooseng.bench.multiregion.history.Action.CompareAndSet;
import io.mooseng.bench.multiregion.history.Action.Create;
import io.mooseng.bench.multiregion.history.Action.Delete;
import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Told;
import io.mooseng.bench.multiregion.history.Action.Write;
import io.mooseng.bench.multiregion.history.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/**
 * The definition, tried out: every order of the completed operations and of every subset of the
 * pending ones. Shares no code with the checker.
 */
final class BruteForce {

  private BruteForce() {}

  static boolean linearizable(List<Operation> operations) {
    return orders(new ArrayList<>(), new ArrayList<>(operations));
  }

  private static boolean orders(List<Operation> order, List<Operation> rest) {
    if (rest.stream().allMatch(Operation::isPending) && explains(order)) {
      return true;
    }
    for (Operation next : rest) {
      List<Operation> longer = new ArrayList<>(order);
      longer.add(next);
      List<Operation> others = new ArrayList<>(rest);
      others.remove(next);
      if (orders(longer, others)) {
        return true;
      }
    }
    return false;
  }

  private static boolean explains(List<Operation> order) {
    for (int i = 0; i < order.size(); i++) {
      for (int later = i + 1; later < order.size(); later++) {
        if (order.get(later).returnedNanos() < order.get(i).invokedNanos()) {
          return false;
        }
      }
    }
    OptionalLong value = OptionalLong.empty();
    for (Operation operation : order) {
      Action action = operation.action();
      if (action instanceof Read read) {
        if (read.told() && !read.observed().equals(value)) {
          return false;
        }
      } else if (action instanceof Write write) {
        value = OptionalLong.of(write.value());
      } else if (action instanceof CompareAndSet cas) {
        boolean does = value.equals(OptionalLong.of(cas.expected()));
        if (contradicts(cas.told(), does)) {
          return false;
        }
        value = does ? OptionalLong.of(cas.value()) : value;
      } else if (action instanceof Create create) {
        boolean does = value.isEmpty();
        if (contradicts(create.told(), does)) {
          return false;
        }
        value = does ? OptionalLong.of(create.value()) : value;
      } else if (action instanceof Delete delete) {
        if (contradicts(delete.told(), value.isPresent())) {
          return false;
        }
        value = OptionalLong.empty();
      }
    }
    return true;
  }

  private static boolean contradicts(Told told, boolean does) {
    return told == Told.DONE && !does || told == Told.REFUSED && does;
  }
}
