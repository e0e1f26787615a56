package io.mooseng.bench.multiregion.linearizability;

import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Write;
import io.mooseng.bench.multiregion.history.Operation;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Of operations whose outcome was never known, those that leave no trace. */
final class Unseen {

  private Unseen() {}

  /**
   * The operations on an object without the pending ones that make no difference to whether they
   * are linearizable: reads; and, where everything reads or writes, writes of values nobody read. A
   * pending operation need not take effect, so leaving it out explains no more; and what explains
   * the answers with one of these explains them without it.
   */
  static List<Operation> leftOut(List<Operation> operations) {
    boolean onlyReadsAndWrites = true;
    Set<Long> read = new HashSet<>();
    for (Operation operation : operations) {
      if (operation.action() instanceof Read answered) {
        answered.observed().ifPresent(read::add);
      } else if (!(operation.action() instanceof Write)) {
        onlyReadsAndWrites = false;
      }
    }
    boolean writesToo = onlyReadsAndWrites;
    return operations.stream()
        .filter(operation -> !operation.isPending() || matters(operation, writesToo, read))
        .toList();
  }

  private static boolean matters(Operation pending, boolean writesToo, Set<Long> read) {
    if (pending.action() instanceof Write write) {
      return !writesToo || read.contains(write.value());
    }
    return !(pending.action() instanceof Read);
  }
}
