package io.mooseng.bench.core.analysis.compare;

import io.mooseng.bench.core.analysis.ForkValues;
import io.mooseng.bench.core.analysis.test.HierarchicalBootstrap;
import io.mooseng.bench.core.analysis.test.Sample;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.ResultRecord;
import io.mooseng.bench.core.result.RunRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A second interval of a change, by resampling forks and the iterations in them: where it is much
 * wider than that of the forks alone, iterations are too few or too uneven.
 *
 * @param lo as a share of the base; 0.05 is 5 % more
 * @param hi as a share of the base
 */
public record Resampled(double lo, double hi) {

  private static final int LEAST_FORKS = 2;
  private static final long SEED = 1;

  /** Empty for metrics that iterations do not have, and with fewer than two forks on a side. */
  public static Optional<Resampled> of(RunRecord base, RunRecord candidate, ComparedRow row) {
    Optional<double[][]> a = logs(base, row);
    Optional<double[][]> b = logs(candidate, row);
    if (row.metric() == null || a.isEmpty() || b.isEmpty()) {
      return Optional.empty();
    }
    HierarchicalBootstrap interval =
        HierarchicalBootstrap.of(a.get(), b.get(), Sample::median, SEED);
    return Optional.of(
        new Resampled(StrictMath.expm1(interval.lo()), StrictMath.expm1(interval.hi())));
  }

  private static Optional<double[][]> logs(RunRecord run, ComparedRow row) {
    List<ForkRecord> forks =
        run.results().stream()
            .filter(result -> result.key().equals(row.key()))
            .findFirst()
            .map(ResultRecord::forks)
            .orElse(List.of());
    double[][] logs =
        forks.stream()
            .map(fork -> ForkValues.byIteration(fork, String.valueOf(row.metric())))
            .map(values -> Arrays.stream(values).map(StrictMath::log).toArray())
            .toArray(double[][]::new);
    boolean usable =
        logs.length >= LEAST_FORKS
            && Arrays.stream(logs)
                .allMatch(
                    fork -> fork.length > 0 && Arrays.stream(fork).allMatch(Double::isFinite));
    return usable ? Optional.of(logs) : Optional.empty();
  }
}
