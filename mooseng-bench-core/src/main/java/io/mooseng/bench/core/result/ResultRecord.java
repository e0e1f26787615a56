package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Fidelity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * One row of a run: a benchmark with its parameters, measured or simulated against one target over
 * one network.
 *
 * @param benchmark class and method, without the package
 * @param qualifiedName with the package
 * @param jmhMode JMH's short label; null where JMH did not run
 * @param fallbackReason why the fidelity is not the one first tried; null if it is
 * @param failure null exactly if the status is ok
 * @param forks raw values
 * @param metrics by name, in the order they are shown; see {@link Metrics}
 * @param plausibility null if the row has no ceiling to be judged against
 * @param warnings what must be known to trust the row, one line each
 */
public record ResultRecord(
    String benchmark,
    String qualifiedName,
    String jmhMode,
    SortedMap<String, String> params,
    Fidelity fidelity,
    String fallbackReason,
    TargetRecord target,
    NetworkRecord network,
    ResultStatus status,
    FailureRecord failure,
    List<ForkRecord> forks,
    Map<String, Metric> metrics,
    Plausibility plausibility,
    List<String> warnings) {

  /** The warning of a row that had no fork of its own: JMH's {@code -f 0}. */
  public static final String NO_FORK_WARNING =
      "ran in the harness's own JVM, without a fork: not for comparison";

  public ResultRecord {
    if (!Names.simpleBenchmark(qualifiedName).equals(benchmark)) {
      throw new IllegalArgumentException(benchmark + " is not the end of " + qualifiedName);
    }
    params = Frozen.sorted(Frozen.require("params", params));
    Frozen.require("fidelity", fidelity);
    Frozen.require("target", target);
    Frozen.require("network", network);
    Frozen.require("status", status);
    forks = List.copyOf(Frozen.require("forks", forks));
    metrics = Frozen.inOrder(Frozen.require("metrics", metrics));
    warnings = List.copyOf(Frozen.require("warnings", warnings));
    if ((status == ResultStatus.FAILED) != (failure != null)) {
      throw new IllegalArgumentException(
          "status of " + benchmark + " is " + status.label() + ", failure is " + failure);
    }
    if (status == ResultStatus.OK && errorCount(forks) > 0) {
      throw new IllegalArgumentException(benchmark + " has errors and cannot be ok");
    }
  }

  /**
   * The row of a benchmark that came to its end. It is failed if at least one operation failed.
   *
   * @param measurements by fork
   */
  public static ResultRecord measured(RowHeader row, List<ForkMeasurement> measurements) {
    Map<FailureKind, Long> errors = Metrics.errorsByKind(measurements);
    FailureRecord failure =
        errors.isEmpty() ? null : FailureRecord.ofErrors(errors, Metrics.operations(measurements));
    return build(row, measurements, failure);
  }

  /**
   * The row of a benchmark that threw or never answered.
   *
   * @param measurements the forks that were measured before, may be empty
   */
  public static ResultRecord failed(
      RowHeader row, List<ForkMeasurement> measurements, FailureRecord failure) {
    return build(row, measurements, Frozen.require("failure", failure));
  }

  /** The same row with a verdict. */
  public ResultRecord withPlausibility(Plausibility judged) {
    return new ResultRecord(
        benchmark,
        qualifiedName,
        jmhMode,
        params,
        fidelity,
        fallbackReason,
        target,
        network,
        status,
        failure,
        forks,
        metrics,
        judged,
        warnings);
  }

  /** The same row with more warnings. */
  public ResultRecord withWarnings(List<String> more) {
    List<String> all = new ArrayList<>(warnings);
    all.addAll(more);
    return new ResultRecord(
        benchmark,
        qualifiedName,
        jmhMode,
        params,
        fidelity,
        fallbackReason,
        target,
        network,
        status,
        failure,
        forks,
        metrics,
        plausibility,
        all);
  }

  /** What makes this row the same row in another run. */
  public RowKey key() {
    return new RowKey(benchmark, jmhMode, params, network.label());
  }

  /** The value of a metric; null if the row has no such metric or it has no value. */
  public Double valueOrNull(String metric) {
    Metric found = metrics.get(metric);
    return found == null ? null : found.value();
  }

  private static ResultRecord build(
      RowHeader row, List<ForkMeasurement> measurements, FailureRecord failure) {
    return new ResultRecord(
        Names.simpleBenchmark(row.qualifiedName()),
        row.qualifiedName(),
        row.jmhMode(),
        row.params(),
        row.fidelity(),
        row.fallbackReason(),
        row.target(),
        row.network(),
        failure == null ? ResultStatus.OK : ResultStatus.FAILED,
        failure,
        measurements.stream().map(ForkMeasurement::fork).toList(),
        Metrics.of(measurements),
        null,
        List.of());
  }

  private static long errorCount(List<ForkRecord> forks) {
    return forks.stream()
        .flatMap(fork -> fork.iterations().stream())
        .mapToLong(IterationRecord::errorCount)
        .sum();
  }
}
