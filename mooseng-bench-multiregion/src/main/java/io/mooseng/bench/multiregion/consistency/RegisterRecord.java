package io.mooseng.bench.multiregion.consistency;

import io.mooseng.bench.multiregion.history.History;
import java.util.Map;

/**
 * A history, and where in the log the values stand whose writes were acknowledged. Immutable.
 *
 * @param indexOfValue by value; values are unique
 */
public record RegisterRecord(History history, Map<Long, Long> indexOfValue) {
  public RegisterRecord {
    indexOfValue = Map.copyOf(indexOfValue);
  }
}
