package io.mooseng.bench.core.gate;

import io.mooseng.bench.core.result.RowKey;

/**
 * A row held against one absolute limit.
 *
 * @param budget its name
 * @param row as people name it
 * @param value null if the row has too few samples for one
 * @param limit as it was written: {@code max 20ms}
 * @param kept null without a value
 */
public record BudgetCheck(
    String budget,
    RowKey key,
    String row,
    String metric,
    String unit,
    Double value,
    String limit,
    Boolean kept) {

  /** Whether the limit is broken. */
  public boolean isBreach() {
    return Boolean.FALSE.equals(kept);
  }
}
