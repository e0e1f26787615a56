package io.mooseng.bench.multiregion.consistency;

import io.mooseng.bench.multiregion.history.Action.Read;
import io.mooseng.bench.multiregion.history.Action.Write;
import io.mooseng.bench.multiregion.history.Operation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What single clients can rely on, whatever others see (D. Terry and others, <i>Session Guarantees
 * for Weakly Consistent Replicated Data</i>, PDIS 1994): here, in the order of the log.
 */
final class Sessions {

  private Sessions() {}

  /**
   * Reads that answered something older than the same client had written, with an acknowledgement.
   */
  static List<Operation> olderThanOwnWrites(RegisterRecord record) {
    return older(record, true, false);
  }

  /** Reads that answered something older than the same client had read. */
  static List<Operation> olderThanOwnReads(RegisterRecord record) {
    return older(record, false, true);
  }

  private static List<Operation> older(RegisterRecord record, boolean writes, boolean reads) {
    List<Operation> wrong = new ArrayList<>();
    for (List<Operation> operations : record.history().byKey().values()) {
      Map<Integer, Long> least = new HashMap<>();
      // By invocation: a client does one thing at a time.
      for (Operation operation : operations) {
        int client = operation.process();
        if (operation.action() instanceof Write write && writes && !operation.isPending()) {
          Long index = record.indexOfValue().get(write.value());
          if (index != null) {
            least.merge(client, index, Math::max);
          }
        } else if (operation.action() instanceof Read read && !operation.isPending()) {
          long index =
              read.observed().isPresent()
                  ? record.indexOfValue().getOrDefault(read.observed().getAsLong(), Long.MAX_VALUE)
                  : -1;
          if (index < least.getOrDefault(client, -1L)) {
            wrong.add(operation);
          } else if (reads && index != Long.MAX_VALUE) {
            least.merge(client, index, Math::max);
          }
        }
      }
    }
    return wrong;
  }
}
