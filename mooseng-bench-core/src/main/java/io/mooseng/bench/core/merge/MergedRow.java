package io.mooseng.bench.core.merge;

import io.mooseng.bench.core.result.FailureRecord;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.ResultStatus;
import io.mooseng.bench.core.result.RowHeader;
import io.mooseng.bench.core.result.RowKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.LongStream;

/**
 * A row of several load machines as one.
 *
 * @param measurements what it was computed from
 */
public record MergedRow(ResultRecord result, List<ForkMeasurement> measurements) {

  /** Below this share of common time the sum of loads was not there for long enough. */
  private static final double LEAST_OVERLAP = 0.9;

  public MergedRow {
    measurements = List.copyOf(measurements);
  }

  /**
   * Joins a row.
   *
   * @param parts at least one of them has it
   */
  static MergedRow of(RowKey key, List<Part> parts) {
    List<Part> having = parts.stream().filter(part -> part.row(key).isPresent()).toList();
    List<String> warnings = new ArrayList<>();
    if (having.size() < parts.size()) {
      warnings.add("measured by %d of %d load machines".formatted(having.size(), parts.size()));
    }
    List<SortedMap<Integer, ForkMeasurement>> forks =
        having.stream().map(part -> part.forks(key)).toList();
    List<ForkMeasurement> sums = sums(forks, warnings);
    ResultRecord first = having.get(0).row(key).orElseThrow();
    RowHeader header =
        new RowHeader(
            first.qualifiedName(),
            first.jmhMode(),
            first.params(),
            first.fidelity(),
            first.fallbackReason(),
            first.target(),
            first.network());
    for (int i = 0; i < having.size(); i++) {
      ResultRecord row = having.get(i).row(key).orElseThrow();
      String machine = "load machine " + having.get(i).run().runId() + ": ";
      row.warnings().forEach(warning -> warnings.add(machine + warning));
    }
    Optional<FailureRecord> failure = failure(key, having);
    ResultRecord result =
        failure.isPresent()
            ? ResultRecord.failed(header, sums, failure.get())
            : ResultRecord.measured(header, sums);
    return new MergedRow(result.withWarnings(warnings), sums);
  }

  /** Of the first part that failed: a load that was not all there is no load. */
  private static Optional<FailureRecord> failure(RowKey key, List<Part> having) {
    return having.stream()
        .filter(part -> part.row(key).orElseThrow().status() == ResultStatus.FAILED)
        .findFirst()
        .map(
            part -> {
              FailureRecord failure = part.row(key).orElseThrow().failure();
              return new FailureRecord(
                  failure.kind(), "on " + part.run().runId() + ": " + failure.message());
            });
  }

  private static List<ForkMeasurement> sums(
      List<SortedMap<Integer, ForkMeasurement>> forks, List<String> warnings) {
    List<Integer> common =
        forks.get(0).keySet().stream()
            .filter(fork -> forks.stream().allMatch(part -> part.containsKey(fork)))
            .toList();
    int most = forks.stream().mapToInt(SortedMap::size).max().orElse(0);
    if (common.size() < most) {
      warnings.add(
          "%d of %d forks are of all load machines; the others are left out"
              .formatted(common.size(), most));
    }
    List<ForkMeasurement> sums = new ArrayList<>();
    double least = 1;
    boolean cut = false;
    for (int fork : common) {
      List<ForkMeasurement> parts = forks.stream().map(part -> part.get(fork)).toList();
      cut |=
          parts.stream()
              .anyMatch(part -> part.fork().iterations().size() > ForkSum.commonIterations(parts));
      least = Math.min(least, overlap(parts));
      sums.add(ForkSum.of(sums.size(), parts));
    }
    if (cut) {
      warnings.add("not every load machine has every iteration; latency is of all of them");
    }
    if (least < LEAST_OVERLAP) {
      warnings.add(
          String.format(
              Locale.ROOT,
              "by their own clocks, load machines were measuring together for %.0f %% of the time"
                  + " only: throughput is the sum of loads that were not always there at once",
              100 * least));
    }
    return sums;
  }

  /** The time in which all were measuring, divided by that in which any was. */
  private static double overlap(List<ForkMeasurement> parts) {
    long begin = times(parts, true).max().orElse(0);
    long end = times(parts, false).min().orElse(0);
    long first = times(parts, true).min().orElse(0);
    long last = times(parts, false).max().orElse(0);
    return last == first ? 1 : Math.max(0, end - begin) / (double) (last - first);
  }

  private static LongStream times(List<ForkMeasurement> parts, boolean starts) {
    return parts.stream()
        .map(ForkMeasurement::latencyNanos)
        .mapToLong(
            histogram -> starts ? histogram.getStartTimeStamp() : histogram.getEndTimeStamp());
  }
}
