package io.mooseng.bench.multiregion.linearizability;

import io.mooseng.bench.multiregion.history.Operation;
import java.util.List;

/** What a check of a history found. */
public sealed interface Verdict {

  /** Operations that were checked. */
  int operations();

  /** Configurations the search looked at: what the check cost, independent of the machine. */
  long configurations();

  /** One line for people; says what was checked. */
  String describe();

  /**
   * All answers can be explained.
   *
   * @param keys how many objects there were
   * @param pending operations among them whose outcome was never known
   */
  record Ok(int operations, int keys, long pending, long configurations) implements Verdict {
    @Override
    public String describe() {
      return "ok: %d operations on %d keys are linearizable, %d of them of unknown outcome"
          .formatted(operations, keys, pending);
    }
  }

  /**
   * The answers on one object cannot be explained.
   *
   * @param key the object
   * @param witness operations on it that alone cannot be explained; without any one of those that
   *     can be left out of a history, they can
   */
  record Violation(int operations, String key, List<Operation> witness, long configurations)
      implements Verdict {
    public Violation {
      witness = List.copyOf(witness);
    }

    @Override
    public String describe() {
      return "violation on '%s': %d of %d operations are not linearizable: %s"
          .formatted(
              key,
              witness.size(),
              operations,
              String.join("; ", witness.stream().map(Operation::toString).toList()));
    }
  }

  /**
   * The search was given up; nothing is known of the operations on this object.
   *
   * @param key the first object on which the search was given up; no object was found in violation
   */
  record Unknown(int operations, String key, long configurations) implements Verdict {
    @Override
    public String describe() {
      return "unknown: the search on '%s' was given up after %d configurations"
          .formatted(key, configurations);
    }
  }
}
