package io.mooseng.bench.multiregion;

import io.mooseng.bench.core.jmh.TargetSession;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.multiregion.consistency.ClosedForm;
import io.mooseng.bench.multiregion.consistency.Promise;
import io.mooseng.bench.multiregion.consistency.RegisterRecord;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/** What a row of several regions says besides latencies: the residual, and the verdict. */
final class RegionRow {

  private RegionRow() {}

  /**
   * Notes what distance explains and what is left, and warns of what needs an explanation.
   *
   * @param latenciesNanos of the measured operations
   */
  static void noteDistance(TargetSession session, long expectedNanos, long[] latenciesNanos) {
    noteDistance(session, List.of(new Explained("", expectedNanos, latenciesNanos)));
  }

  /**
   * Notes the mean of what distance explains over all operations, and the median of what each has
   * beyond that; warns of operations that need an explanation, by their kind.
   */
  static void noteDistance(TargetSession session, List<Explained> kinds) {
    long operations = kinds.stream().mapToLong(kind -> kind.latenciesNanos().length).sum();
    if (operations == 0) {
      return;
    }
    session.note(
        Quantity.DISTANCE,
        kinds.stream().mapToDouble(kind -> kind.nanos() * kind.latenciesNanos().length).sum()
            / operations);
    session.note(
        Quantity.DISTANCE_RESIDUAL,
        median(kinds.stream().flatMapToLong(Explained::leftNanos)).orElseThrow());
    if (!session.warmingUp()) {
      kinds.forEach(kind -> kind.warning().ifPresent(session::warn));
    }
  }

  /** The middle one, and of two the higher one. */
  static OptionalLong median(LongStream values) {
    long[] sorted = values.sorted().toArray();
    return sorted.length == 0 ? OptionalLong.empty() : OptionalLong.of(sorted[sorted.length / 2]);
  }

  /**
   * Operations that distance explains alike.
   *
   * @param kind what they are; empty if a row has but one kind
   * @param nanos what distance explains of each
   * @param latenciesNanos how long they took
   */
  record Explained(String kind, long nanos, long[] latenciesNanos) {

    private LongStream leftNanos() {
      return Arrays.stream(latenciesNanos).map(latency -> latency - nanos);
    }

    private Optional<String> warning() {
      OptionalLong left = median(leftNanos());
      if (left.isEmpty() || !ClosedForm.isConspicuous(nanos, left.getAsLong())) {
        return Optional.empty();
      }
      return Optional.of(
          String.format(
              Locale.ROOT,
              "%sthe median is %+.1f ms from the %.1f ms that distance explains",
              kind.isEmpty() ? "" : kind + ": ",
              left.getAsLong() / 1e6,
              nanos / 1e6));
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
