package io.mooseng.bench.core.execution;

import io.mooseng.bench.core.workload.trace.TracedOperation;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Files that were made although their name was taken. Whether it was is known only at the end of a
 * trace: an operation that frees a name may have done so long before it ended, and its line comes
 * later. For one thread.
 */
final class NameClashes {

  /**
   * A file that was made.
   *
   * @param index of the operation among all
   * @param endNanos of the operation; what starts later did not free the name for it
   */
  record Clash(int index, String path, long endNanos) {}

  private final Map<String, Clash> byPath = new HashMap<>();

  /** A file was made at a path where there is one, unless an operation of a later line freed it. */
  void suspect(TracedOperation made, int index) {
    // Whatever may have freed the name for the first may have done so for the others.
    byPath.putIfAbsent(made.path(), new Clash(index, made.path(), made.endNanos()));
  }

  /** An operation may have freed the path of its file. */
  void mayHaveFreed(TracedOperation traced) {
    byPath.computeIfPresent(
        traced.path(), (path, clash) -> traced.startNanos() < clash.endNanos() ? null : clash);
  }

  /** After the last operation: the first file that cannot have been made. */
  Optional<Clash> first() {
    return byPath.values().stream().min(Comparator.comparingInt(Clash::index));
  }
}
