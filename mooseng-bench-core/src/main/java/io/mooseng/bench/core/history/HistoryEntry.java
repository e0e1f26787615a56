package io.mooseng.bench.core.history;

import java.util.List;

/**
 * A run as it is put into the history.
 *
 * @param document the whole file it was read from
 */
public record HistoryEntry(StoredRun run, List<Value> values, byte[] document) {

  public HistoryEntry {
    values = List.copyOf(values);
    document = document.clone();
  }

  /**
   * One value of the run.
   *
   * @param lo lower end of its interval, null if it has none
   */
  public record Value(SeriesKey series, double value, Double lo, Double hi, long n) {}

  @Override
  public byte[] document() {
    return document.clone();
  }
}
