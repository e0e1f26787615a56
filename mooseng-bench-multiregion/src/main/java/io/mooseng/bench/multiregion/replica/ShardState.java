package io.mooseng.bench.multiregion.replica;

import io.mooseng.bench.proto.ShardCommand;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A participant of two-phase commit (J. Gray, <i>Notes on Data Base Operating Systems</i>, 1978),
 * as a deterministic state machine: values, and transactions that hold keys until they are told how
 * they end. A preparation that meets a held key is refused, so nobody waits and there is no
 * deadlock. Shard 0 also decides: its first answer on a transaction is the last.
 *
 * <p>Safe for use by any number of threads.
 */
final class ShardState {

  private final Map<String, Long> values = new TreeMap<>();
  private final Map<String, String> holders = new HashMap<>();
  private final Map<String, Map<String, Long>> prepared = new TreeMap<>();

  /** By transaction: whether it was committed. */
  private final Map<String, Boolean> outcomes = new HashMap<>();

  /** Applies a command; answers whether it was granted, or whether the transaction is committed. */
  synchronized boolean apply(ShardCommand command) {
    String transaction = command.getTransaction();
    return switch (command.getStepCase()) {
      case PREPARE -> prepare(transaction, command.getPrepare().getWritesMap());
      case COMMIT -> end(transaction, command.getCommit());
      case RESOLVE -> end(transaction, false);
      case STEP_NOT_SET -> throw new IllegalArgumentException("a command without a step");
    };
  }

  /** One that was decided before it was prepared here came too late, and is refused. */
  private boolean prepare(String transaction, Map<String, Long> writes) {
    if (outcomes.containsKey(transaction)) {
      return false;
    }
    if (prepared.containsKey(transaction)) {
      return true;
    }
    if (writes.keySet().stream().anyMatch(holders::containsKey)) {
      return false;
    }
    writes.keySet().forEach(key -> holders.put(key, transaction));
    prepared.put(transaction, Map.copyOf(writes));
    return true;
  }

  private boolean end(String transaction, boolean commit) {
    Boolean known = outcomes.get(transaction);
    if (known != null) {
      return known;
    }
    Map<String, Long> writes = prepared.remove(transaction);
    if (commit && writes == null) {
      throw new IllegalStateException(transaction + " is to be committed and was never prepared");
    }
    outcomes.put(transaction, commit);
    if (writes != null) {
      writes.keySet().forEach(holders::remove);
      if (commit) {
        values.putAll(writes);
      }
    }
    return commit;
  }

  synchronized Map<String, Long> values() {
    return new TreeMap<>(values);
  }

  /** Transactions that hold keys. */
  synchronized List<String> prepared() {
    return new ArrayList<>(prepared.keySet());
  }
}
