package io.mooseng.bench.core.result;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/**
 * One fork as it was measured: its records and its histograms, from which metrics are computed.
 *
 * <p>The histograms are copied on the way in. They are mutable by nature; whoever asks for them
 * must not change them.
 *
 * @param latencyNanos service time of the successful operations of all iterations, merged
 * @param stageNanos the same for each stage, by the stage's name in lower case with hyphens
 */
public record ForkMeasurement(
    ForkRecord fork, Histogram latencyNanos, SortedMap<String, Histogram> stageNanos) {

  public ForkMeasurement {
    Frozen.require("fork", fork);
    latencyNanos = Frozen.require("latencyNanos", latencyNanos).copy();
    SortedMap<String, Histogram> copies = new TreeMap<>();
    Frozen.require("stageNanos", stageNanos)
        .forEach((stage, histogram) -> copies.put(Names.requireStage(stage), histogram.copy()));
    stageNanos = Frozen.sorted(copies);
  }

  public static ForkMeasurement of(
      ForkRecord fork, Histogram latencyNanos, Map<String, Histogram> stageNanos) {
    return new ForkMeasurement(fork, latencyNanos, new TreeMap<>(stageNanos));
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

  long spanNanos() {
    return fork.iterations().stream().mapToLong(IterationRecord::spanNanos).sum();
  }
}
