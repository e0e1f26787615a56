package io.mooseng.bench.core.result;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Makes one row of several measurements of the same row: their forks follow each other, and metrics
 * are computed from all of them, with histograms added up exactly.
 */
public final class RunMerger {

  /** A row and the histograms of the run it comes from. */
  public record Part(ResultRecord row, HistogramIndex histograms) {}

  /**
   * A row of all forks, and what it was computed from.
   *
   * @param measurements by fork
   */
  public record Merged(ResultRecord row, List<ForkMeasurement> measurements) {}

  private RunMerger() {}

  /**
   * Joins parts of one key, in their order. If one of them failed, the whole has failed as the
   * first of those did.
   *
   * @throws IllegalArgumentException if a fork's histogram of latencies is missing
   */
  public static Merged merge(List<Part> parts) {
    List<ForkMeasurement> measurements = new ArrayList<>();
    TreeSet<String> warnings = new TreeSet<>();
    FailureRecord failure = null;
    for (Part part : parts) {
      ResultRecord row = part.row();
      for (ForkRecord fork : row.forks()) {
        measurements.add(measurement(part, fork, measurements.size()));
      }
      warnings.addAll(row.warnings());
      failure = failure == null ? row.failure() : failure;
    }
    ResultRecord last = parts.get(parts.size() - 1).row();
    RowHeader header =
        RowHeader.of(
            last.qualifiedName(),
            last.jmhMode(),
            last.params(),
            last.fidelity(),
            last.fallbackReason(),
            last.target(),
            last.network());
    ResultRecord merged =
        failure == null
            ? ResultRecord.measured(header, measurements)
            : ResultRecord.failed(header, measurements, failure);
    return new Merged(
        merged.withPlausibility(last.plausibility()).withWarnings(List.copyOf(warnings)),
        measurements);
  }

  private static ForkMeasurement measurement(Part part, ForkRecord fork, int number) {
    ForkMeasurement measured =
        part.histograms()
            .measurement(part.row().key(), fork)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "%s: no histogram of fork %d"
                            .formatted(part.row().benchmark(), fork.fork())));
    return ForkMeasurement.of(
        new ForkRecord(number, fork.jmhScores(), fork.iterations()),
        measured.latencyNanos(),
        measured.seriesNanos());
  }
}
