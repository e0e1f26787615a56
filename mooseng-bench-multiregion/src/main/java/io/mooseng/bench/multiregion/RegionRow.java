package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.multiregion.consistency.ClosedForm;
import io.mooseng.bench.multiregion.consistency.Promise;
import io.mooseng.bench.multiregion.consistency.RegisterRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;

/** What a row of several regions says besides latencies: the residual, and the verdict. */
final class RegionRow {

  private RegionRow() {}

  /**
   * Notes what distance explains and what is left, and warns of what needs an explanation.
   *
   * @param latenciesNanos of the measured operations
   */
  static void noteDistance(TargetSession session, long expectedNanos, long[] latenciesNanos) {
    if (latenciesNanos.length == 0) {
      return;
    }
    long[] sorted = latenciesNanos.clone();
    Arrays.sort(sorted);
    long residual = sorted[sorted.length / 2] - expectedNanos;
    session.note(Quantity.DISTANCE, expectedNanos);
    session.note(Quantity.DISTANCE_RESIDUAL, residual);
    if (!session.warmingUp() && ClosedForm.isConspicuous(expectedNanos, residual)) {
      session.warn(
          String.format(
              Locale.ROOT,
              "the median is %+.1f ms from the %.1f ms that distance explains",
              residual / 1e6,
              expectedNanos / 1e6));
    }
  }

  /** Notes what a checker found, and keeps the history if the user wants histories. */
  static void noteVerdict(
      TargetSession session, String name, RegisterRecord record, Promise promise) {
    if (promise.found() != Promise.Found.NOTHING_PROMISED) {
      session.note(Quantity.CHECKED, promise.checked());
      session.note(Quantity.VIOLATIONS, promise.found() == Promise.Found.VIOLATED ? 1 : 0);
      session.note(Quantity.UNDECIDED, promise.found() == Promise.Found.UNDECIDED ? 1 : 0);
    }
    session.note(Quantity.STALE_READS, promise.staleness().share());
    session.note(Quantity.STALE_VERSIONS, promise.staleness().mostVersions());
    session.note(Quantity.STALE_TIME, promise.staleness().mostNanos());
    if (promise.found() == Promise.Found.VIOLATED || promise.found() == Promise.Found.UNDECIDED) {
      session.warn(promise.text());
    }
    try {
      HistoryDirectory.keep(name, record.history(), promise.text());
    } catch (IOException e) {
      session.warn("the history cannot be written: " + e.getMessage());
    }
  }
}
