package io.mooseng.bench.core.merge;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.LatencySummary;
import io.mooseng.bench.core.result.Metrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * Forks that put load on one system at the same time, as one fork of all of it: operations and
 * bytes add up, and the time they took is that of the longest.
 */
final class ForkSum {

  /** Levels that add up over load machines; of the others the sum means nothing. */
  private static final List<Quantity> ADDING_LEVELS =
      List.of(Quantity.ASKED_RATE, Quantity.ACHIEVED_RATE, Quantity.CONCURRENCY);

  private ForkSum() {}

  /**
   * The sum.
   *
   * @param number of the fork in the joined run
   * @param parts the same fork of each load machine; iterations that not all have are left out
   */
  static ForkMeasurement of(int number, List<ForkMeasurement> parts) {
    int iterations = commonIterations(parts);
    List<IterationRecord> sums = new ArrayList<>();
    for (int i = 0; i < iterations; i++) {
      int index = i;
      sums.add(
          sum(index, parts.stream().map(part -> part.fork().iterations().get(index)).toList()));
    }
    Map<String, Histogram> series = new HashMap<>();
    for (ForkMeasurement part : parts) {
      part.seriesNanos()
          .forEach((name, histogram) -> series.merge(name, histogram.copy(), ForkSum::add));
    }
    Histogram latency =
        parts.stream().map(part -> part.latencyNanos().copy()).reduce(ForkSum::add).orElseThrow();
    latency.setStartTimeStamp(
        parts.stream().mapToLong(part -> part.latencyNanos().getStartTimeStamp()).min().orElse(0));
    latency.setEndTimeStamp(
        parts.stream().mapToLong(part -> part.latencyNanos().getEndTimeStamp()).max().orElse(0));
    return ForkMeasurement.of(new ForkRecord(number, null, sums), latency, series);
  }

  static int commonIterations(List<ForkMeasurement> parts) {
    return parts.stream().mapToInt(part -> part.fork().iterations().size()).min().orElse(0);
  }

  private static Histogram add(Histogram into, Histogram other) {
    into.setAutoResize(true);
    into.add(other);
    return into;
  }

  private static IterationRecord sum(int index, List<IterationRecord> parts) {
    Map<FailureKind, Long> errors = new EnumMap<>(FailureKind.class);
    parts.forEach(
        part -> part.errors().forEach((kind, count) -> errors.merge(kind, count, Long::sum)));
    Long max =
        parts.stream()
            .map(part -> part.latencyNanos().max())
            .filter(Objects::nonNull)
            .max(Long::compare)
            .orElse(null);
    return new IterationRecord(
        index,
        parts.stream().mapToLong(IterationRecord::operations).sum(),
        errors,
        parts.stream().mapToLong(IterationRecord::bytes).sum(),
        parts.stream().mapToLong(IterationRecord::roundTrips).sum(),
        parts.stream().mapToLong(IterationRecord::spanNanos).max().orElse(0),
        // Percentiles of an iteration cannot be had from percentiles; those of the fork are exact.
        new LatencySummary(null, null, max),
        new TreeMap<>(),
        new TreeMap<>(values(parts)));
  }

  private static Map<String, Double> values(List<IterationRecord> parts) {
    Map<String, Double> sums = new HashMap<>();
    for (Quantity quantity : Quantity.values()) {
      boolean known = parts.stream().allMatch(part -> part.values().containsKey(quantity.label()));
      if (known
          && (quantity.pooling() == Quantity.Pooling.SUM || ADDING_LEVELS.contains(quantity))) {
        sums.put(quantity.label(), sum(parts, quantity.label()));
      }
    }
    // Where nothing was retried, retries are absent: that is 0, and not unknown.
    Stream.concat(
            Stream.of(Quantity.RETRIES.label()),
            Arrays.stream(FailureKind.values()).map(Metrics::retries))
        .filter(name -> parts.stream().anyMatch(part -> part.values().containsKey(name)))
        .forEach(name -> sums.put(name, sum(parts, name)));
    return sums;
  }

  private static double sum(List<IterationRecord> parts, String name) {
    return parts.stream().mapToDouble(part -> part.values().getOrDefault(name, 0.0)).sum();
  }
}
