package io.mooseng.bench.core.analysis;

import io.mooseng.bench.core.analysis.change.ChangePointDetector;
import io.mooseng.bench.core.analysis.change.ChangePoints;
import io.mooseng.bench.core.analysis.test.MeanTest;
import io.mooseng.bench.core.analysis.test.Sample;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether the forks of a row had come to a level of their own when they were measured.
 *
 * <p>A fork of 10 iterations or more is steady if the level it ends on (levels are told apart by
 * change points) covers at least half of its iterations: warm-up that reached into the measurement
 * is no steady state, and neither is a leak. Shorter forks cannot be told one by one; for them the
 * second half of each fork is set against its first, and the row has a trend if all forks together
 * say so. The coefficient of variation is no criterion: forks can be calm and still warming up, and
 * noisy and long settled (L. Traini et al., <i>Towards effective assessment of steady state
 * performance in Java software</i>, Empirical Software Engineering 28, 2023).
 *
 * @param judged forks long enough to be told
 * @param unsteady of these, the numbers of those that are not
 * @param trend of the second half of iterations over the first, as a share, if it is there; above 0
 *     is more
 * @param metric what was looked at
 */
public record Steadiness(
    int judged, List<Integer> unsteady, Optional<Double> trend, String metric) {

  /** Fewer cannot hold two levels. */
  static final int LEAST_ITERATIONS = 2 * ChangePointDetector.LEAST_LEVEL;

  /** A smaller change of level within a fork does not matter. */
  private static final double LEAST_EFFECT = 0.02;

  /** Above this share of unsteady forks nothing is concluded from a row. */
  private static final double MOST_UNSTEADY = 0.2;

  private static final int LEAST_FORKS_FOR_TREND = 5;
  private static final double TREND_ALPHA = 0.01;
  private static final long SEED = 1;

  public Steadiness {
    unsteady = List.copyOf(unsteady);
  }

  /** Looks at the median latency, or at throughput where iterations have none. */
  public static Steadiness of(ResultRecord row) {
    boolean searched = row.valueOrNull(Quantity.MAX_RATE.label()) != null;
    List<ForkRecord> forks = searched ? List.of() : row.forks();
    String metric = ForkValues.primaryMetric(row);
    String looked = metric.equals(Metrics.RESPONSE_P50) ? Metrics.LATENCY_P50 : metric;
    int judged = 0;
    List<Integer> unsteady = new ArrayList<>();
    for (ForkRecord fork : forks) {
      double[] logs = logs(ForkValues.byIteration(fork, looked));
      if (logs.length >= LEAST_ITERATIONS) {
        judged++;
        if (!isSteady(logs)) {
          unsteady.add(fork.fork());
        }
      }
    }
    return new Steadiness(judged, unsteady, trend(forks, looked), looked);
  }

  /** Whether the last level of a fork's iterations covers at least half of them. */
  static boolean isSteady(double[] logs) {
    ChangePoints found = ChangePointDetector.withLeastEffect(LEAST_EFFECT).detect(logs, SEED);
    return 2 * (logs.length - found.lastLevel()) >= logs.length;
  }

  private static Optional<Double> trend(List<ForkRecord> forks, String metric) {
    double[] differences =
        forks.stream()
            .map(fork -> logs(ForkValues.byIteration(fork, metric)))
            .filter(logs -> logs.length >= 2)
            .mapToDouble(Steadiness::secondHalfOverFirst)
            .toArray();
    if (differences.length < LEAST_FORKS_FOR_TREND || differences.length < forks.size()) {
      return Optional.empty();
    }
    MeanTest test = MeanTest.paired(differences);
    double effect = StrictMath.expm1(test.mean());
    boolean there = test.pTwoSided() <= TREND_ALPHA && Math.abs(effect) >= LEAST_EFFECT;
    return there ? Optional.of(effect) : Optional.empty();
  }

  private static double secondHalfOverFirst(double[] logs) {
    int half = logs.length / 2;
    return Sample.median(Arrays.copyOfRange(logs, logs.length - half, logs.length))
        - Sample.median(Arrays.copyOf(logs, half));
  }

  private static double[] logs(double[] values) {
    double[] logs = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      if (!(values[i] > 0)) {
        return new double[0];
      }
      logs[i] = StrictMath.log(values[i]);
    }
    return logs;
  }

  /** Whether so many forks never settled that nothing can be concluded. */
  public boolean forbidsConclusions() {
    return unsteady.size() > MOST_UNSTEADY * judged;
  }

  /** What must be said of the row, one line each. */
  public List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    if (!unsteady.isEmpty()) {
      warnings.add(
          "not steady: "
              + unsteady.size()
              + " of "
              + judged
              + " forks never settled ("
              + metric
              + " of iterations); warm up longer (-wi, -w)");
    }
    trend.ifPresent(
        effect ->
            warnings.add(
                String.format(
                    Locale.ROOT,
                    "not steady: %s changes by %+.1f %% within forks; warm up longer (-wi, -w)",
                    metric,
                    100 * effect)));
    return warnings;
  }
}
