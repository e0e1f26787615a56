package io.mooseng.bench.core.result;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * One fork as it was measured: its records and its histograms, from which metrics are computed.
 *
 * <p>The histograms are copied on the way in. They are mutable by nature; whoever asks for them
 * must not change them.
 *
 * @param latencyNanos service time of the operations of all iterations that succeeded without a
 *     retry, merged
 * @param seriesNanos other times, by name: {@code stage.first-byte}, {@code response}
 */
public record ForkMeasurement(
    ForkRecord fork, Histogram latencyNanos, SortedMap<String, Histogram> seriesNanos) {

  public ForkMeasurement {
    Frozen.require("fork", fork);
    latencyNanos = Frozen.require("latencyNanos", latencyNanos).copy();
    SortedMap<String, Histogram> copies = new TreeMap<>();
    Frozen.require("seriesNanos", seriesNanos)
        .forEach((name, histogram) -> copies.put(Names.requireSeries(name), histogram.copy()));
    seriesNanos = Frozen.sorted(copies);
  }

  public static ForkMeasurement of(
      ForkRecord fork, Histogram latencyNanos, Map<String, Histogram> seriesNanos) {
    return new ForkMeasurement(fork, latencyNanos, new TreeMap<>(seriesNanos));
  }

  /** The same without what JMH itself reported, for forks whose scores mean nothing after all. */
  public ForkMeasurement withoutJmhScores() {
    return new ForkMeasurement(
        new ForkRecord(fork.fork(), null, fork.iterations()), latencyNanos, seriesNanos);
  }

  /** Operations attempted in all iterations. */
  long operations() {
    return fork.iterations().stream().mapToLong(IterationRecord::operations).sum();
  }

  long successes() {
    return fork.iterations().stream().mapToLong(IterationRecord::successes).sum();
  }

  long bytes() {
    return fork.iterations().stream().mapToLong(IterationRecord::bytes).sum();
  }

  long roundTrips() {
    return fork.iterations().stream().mapToLong(IterationRecord::roundTrips).sum();
  }

  /** What each iteration noted by a name; iterations that noted nothing are left out. */
  List<Double> values(String name) {
    return fork.iterations().stream()
        .map(iteration -> iteration.values().get(name))
        .filter(Objects::nonNull)
        .toList();
  }

  long spanNanos() {
    return fork.iterations().stream().mapToLong(IterationRecord::spanNanos).sum();
  }
}
