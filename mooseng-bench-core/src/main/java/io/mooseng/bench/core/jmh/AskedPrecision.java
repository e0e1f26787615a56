package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.analysis.ForkHistograms;
import io.mooseng.bench.core.analysis.ForkValues;
import io.mooseng.bench.core.analysis.verdict.PrecisionRule;
import io.mooseng.bench.core.result.ForkMeasurement;
import io.mooseng.bench.core.result.HistogramTag;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a row has been measured with as many forks as it takes.
 *
 * @param halfWidth of the interval of the row's primary metric, as a share; empty if rows have the
 *     number of forks that was planned
 */
record AskedPrecision(Optional<Double> halfWidth) {

  /** Whether the row needs no more forks than it has. */
  boolean isReached(RowBuilder row) {
    return halfWidth.isPresent() && logs(row).filter(rule()::isEnough).isPresent();
  }

  /** What is to be said of a row that has all forks there are and is still less precise. */
  Optional<String> shortfall(RowBuilder row) {
    if (halfWidth.isEmpty() || row.failed()) {
      return Optional.empty();
    }
    Optional<double[]> logs = logs(row).filter(values -> values.length >= 2);
    if (logs.isEmpty() || rule().isPrecise(logs.get())) {
      return Optional.empty();
    }
    return Optional.of(
        String.format(
            Locale.ROOT,
            "less precise than asked: +-%.1f %% after %d forks, not +-%.1f %%",
            100 * PrecisionRule.halfWidthOf(logs.get()),
            logs.get().length,
            100 * halfWidth.get()));
  }

  private PrecisionRule rule() {
    return new PrecisionRule(halfWidth.orElseThrow());
  }

  private static Optional<double[]> logs(RowBuilder builder) {
    if (builder.failed() || !builder.hasForks()) {
      return Optional.empty();
    }
    ResultRecord row = builder.build();
    return ForkValues.of(row, ForkValues.primaryMetric(row), histograms(builder.measurements()))
        .map(values -> Arrays.stream(values).map(StrictMath::log).toArray());
  }

  private static ForkHistograms histograms(List<ForkMeasurement> forks) {
    return (row, fork, series) ->
        series.equals(HistogramTag.LATENCY)
            ? Optional.of(forks.get(fork).latencyNanos())
            : Optional.ofNullable(forks.get(fork).seriesNanos().get(series));
  }
}
