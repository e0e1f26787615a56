package io.mooseng.bench.multiregion.history;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Operations on one clock, by invocation. Every object is absent before the first of them.
 * Immutable.
 */
public record History(List<Operation> operations) {

  private static final Comparator<Operation> ORDER =
      Comparator.comparingLong(Operation::invokedNanos).thenComparingInt(Operation::process);

  public History {
    operations = operations.stream().sorted(ORDER).toList();
  }

  /** The operations on each object, by key. */
  public Map<String, List<Operation>> byKey() {
    return operations.stream()
        .collect(Collectors.groupingBy(Operation::key, TreeMap::new, Collectors.toList()));
  }

  /** How many operations had no known outcome. */
  public long pending() {
    return operations.stream().filter(Operation::isPending).count();
  }

  public int size() {
    return operations.size();
  }
}
