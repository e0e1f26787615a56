package io.mooseng.bench.multiregion.consistency;

import io.mooseng.bench.multiregion.client.ConsistencyModel;
import io.mooseng.bench.multiregion.client.RegionClient;
import io.mooseng.bench.multiregion.history.Operation;
import io.mooseng.bench.multiregion.linearizability.LinearizabilityChecker;
import io.mooseng.bench.multiregion.linearizability.Verdict;
import java.util.List;

/**
 * Whether the reads of a history kept what their model promises. It is said of the history, never
 * of the system.
 *
 * @param checked operations in the history
 * @param found what was found
 * @param text one line for people
 * @param staleness how old answers were, whatever was promised
 */
public record Promise(long checked, Found found, String text, Staleness staleness) {

  /** What a check found. */
  public enum Found {
    KEPT,
    NOTHING_PROMISED,
    VIOLATED,
    UNDECIDED
  }

  /** Judges a history all of whose reads were made under {@code model}. */
  public static Promise judge(RegisterRecord record, ConsistencyModel model) {
    Staleness staleness = Staleness.of(record);
    int checked = record.history().size();
    return switch (model) {
      case LINEARIZABLE, LEADER_LOCAL -> linearizable(record, staleness);
      case FOLLOWER_STALE ->
          new Promise(0, Found.NOTHING_PROMISED, "stale reads promise nothing", staleness);
      case BOUNDED_STALENESS -> {
        long bound = RegionClient.STALENESS_BOUND.toNanos();
        boolean kept = staleness.mostNanos() <= bound;
        yield new Promise(
            checked,
            kept ? Found.KEPT : Found.VIOLATED,
            "the oldest of %d reads had been overwritten for %d ms, of %d ms promised"
                .formatted(staleness.reads(), staleness.mostNanos() / 1_000_000, bound / 1_000_000),
            staleness);
      }
      case READ_YOUR_WRITES ->
          session(checked, Sessions.olderThanOwnWrites(record), "own writes", staleness);
      case MONOTONIC ->
          session(checked, Sessions.olderThanOwnReads(record), "own reads", staleness);
    };
  }

  private static Promise linearizable(RegisterRecord record, Staleness staleness) {
    Verdict verdict = new LinearizabilityChecker().check(record.history());
    Found found =
        verdict instanceof Verdict.Ok
            ? Found.KEPT
            : verdict instanceof Verdict.Violation ? Found.VIOLATED : Found.UNDECIDED;
    return new Promise(record.history().size(), found, verdict.describe(), staleness);
  }

  private static Promise session(
      int checked, List<Operation> wrong, String than, Staleness staleness) {
    return wrong.isEmpty()
        ? new Promise(checked, Found.KEPT, "no read was older than " + than, staleness)
        : new Promise(
            checked,
            Found.VIOLATED,
            "%d reads were older than %s; the first: %s"
                .formatted(wrong.size(), than, wrong.get(0)),
            staleness);
  }
}
