package io.mooseng.bench.multiregion.linearizability;

import io.mooseng.bench.multiregion.history.History;
import io.mooseng.bench.multiregion.history.Operation;
import io.mooseng.bench.multiregion.linearizability.KeySearch.Found;
import java.util.List;
import java.util.Map;

/**
 * Checks a history object by object: it is linearizable if and only if the operations on each
 * object are (M. Herlihy, J. Wing, <i>Linearizability: A Correctness Condition for Concurrent
 * Objects</i>, TOPLAS 12(3), 1990, theorem 1). Deterministic; safe for use by any number of
 * threads.
 */
public final class LinearizabilityChecker {

  /**
   * Enough for any history without a crowd of unknown outcomes on one object; some 1 GB at worst.
   */
  public static final long DEFAULT_BUDGET = 2_000_000;

  private final long budget;

  /**
   * @param budget the most configurations to look at for one object
   */
  public LinearizabilityChecker(long budget) {
    this.budget = budget;
  }

  /** A checker with {@link #DEFAULT_BUDGET}. */
  public LinearizabilityChecker() {
    this(DEFAULT_BUDGET);
  }

  /** A violation on any object goes before a search that was given up on another. */
  public Verdict check(History history) {
    long configurations = 0;
    String givenUp = null;
    Map<String, List<Operation>> byKey = history.byKey();
    for (Map.Entry<String, List<Operation>> object : byKey.entrySet()) {
      KeySearch search = new KeySearch(object.getValue(), budget);
      Found found = search.run();
      configurations += search.configurations();
      if (found == Found.NO_ORDER) {
        Witness witness = new Witness(budget);
        List<Operation> least = witness.reduce(object.getValue());
        return new Verdict.Violation(
            history.size(), object.getKey(), least, configurations + witness.configurations());
      }
      if (found == Found.BUDGET_SPENT && givenUp == null) {
        givenUp = object.getKey();
      }
    }
    return givenUp == null
        ? new Verdict.Ok(history.size(), byKey.size(), history.pending(), configurations)
        : new Verdict.Unknown(history.size(), givenUp, configurations);
  }
}
