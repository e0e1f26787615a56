package io.mooseng.bench.core.analysis;

import io.mooseng.bench.core.analysis.test.Sample;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ForkRecord;
import io.mooseng.bench.core.result.IterationRecord;
import io.mooseng.bench.core.result.JmhScores;
import io.mooseng.bench.core.result.Metric;
import io.mooseng.bench.core.result.Metrics;
import io.mooseng.bench.core.result.Percentile;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.HdrHistogram.Histogram;

/**
 * One value of a metric for each fork: what tests compare, since forks are independent and
 * iterations of one fork are not.
 *
 * <p>Throughput, bandwidth, {@code latency.p50}, round trips, JMH's score and quantities are the
 * median over the iterations of the fork, which one disturbed iteration does not move. Every other
 * percentile, mean and maximum is that of the fork's own histogram, all its iterations added up;
 * percentiles are never averaged.
 */
public final class ForkValues {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final String THROUGHPUT_MODE = "thrpt";
  private static final String MEAN = "mean";
  private static final String MAX = "max";

  private ForkValues() {}

  /**
   * The metric by which a row is judged unless the user chooses: what a search found, the response
   * time on a schedule, else throughput where JMH measures that and the median latency otherwise
   * (throughput if iterations have too few samples for a median).
   */
  public static String primaryMetric(ResultRecord row) {
    if (row.valueOrNull(Quantity.MAX_RATE.label()) != null) {
      return Quantity.MAX_RATE.label();
    }
    if (isScheduled(row)) {
      return Metrics.RESPONSE_P50;
    }
    if (row.forks().stream().allMatch(fork -> fork.iterations().isEmpty())) {
      return Metrics.JMH_SCORE;
    }
    return THROUGHPUT_MODE.equals(row.jmhMode()) || !haveMedians(row)
        ? Metrics.THROUGHPUT
        : Metrics.LATENCY_P50;
  }

  private static boolean haveMedians(ResultRecord row) {
    for (ForkRecord fork : row.forks()) {
      for (IterationRecord iteration : fork.iterations()) {
        if (iteration.latencyNanos().p50() == null) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether operations were offered at a rate of their own. */
  static boolean isScheduled(ResultRecord row) {
    return row.metrics().containsKey(Metrics.RESPONSE_P50);
  }

  /**
   * The values by fork; empty if a fork has none, or one that has no logarithm.
   *
   * @param metric one of the row's
   */
  public static Optional<double[]> of(ResultRecord row, String metric, ForkHistograms histograms) {
    double[] values =
        row.forks().stream()
            .mapToDouble(fork -> valueOf(row, fork, metric, histograms).orElse(Double.NaN))
            .toArray();
    boolean usable =
        values.length > 0
            && Arrays.stream(values).allMatch(value -> value > 0 && Double.isFinite(value));
    return usable ? Optional.of(values) : Optional.empty();
  }

  private static Optional<Double> valueOf(
      ResultRecord row, ForkRecord fork, String metric, ForkHistograms histograms) {
    double[] byIteration = byIteration(fork, metric);
    if (byIteration.length > 0) {
      return Optional.of(Sample.median(byIteration));
    }
    int dot = metric.lastIndexOf('.');
    if (dot < 0) {
      return Optional.empty();
    }
    return statistic(metric.substring(dot + 1))
        .flatMap(
            statistic ->
                histograms.of(row.key(), fork.fork(), metric.substring(0, dot)).map(statistic));
  }

  /**
   * A metric's value in each iteration of a fork, in order; empty for metrics that iterations do
   * not have, and if one of them has no value.
   */
  public static double[] byIteration(ForkRecord fork, String metric) {
    if (metric.equals(Metrics.JMH_SCORE)) {
      JmhScores scores = fork.jmhScores();
      return scores == null ? new double[0] : complete(scores.perIteration());
    }
    double[] values = new double[fork.iterations().size()];
    for (int i = 0; i < values.length; i++) {
      Double value = valueOrNull(fork.iterations().get(i), metric);
      if (value == null) {
        return new double[0];
      }
      values[i] = value;
    }
    return values;
  }

  private static Double valueOrNull(IterationRecord iteration, String metric) {
    return switch (metric) {
      case Metrics.THROUGHPUT -> perSecond(iteration.successes(), iteration.spanNanos());
      case Metrics.BANDWIDTH -> perSecond(iteration.bytes(), iteration.spanNanos());
      case Metrics.ROUND_TRIPS_PER_OPERATION -> perOperation(iteration);
      case Metrics.LATENCY_P50 -> {
        Long p50 = iteration.latencyNanos().p50();
        yield p50 == null ? null : (Double) p50.doubleValue();
      }
      default -> iteration.values().get(metric);
    };
  }

  private static Double perOperation(IterationRecord iteration) {
    return iteration.operations() == 0
        ? null
        : (Double) ((double) iteration.roundTrips() / iteration.operations());
  }

  private static Double perSecond(long amount, long nanos) {
    return nanos == 0 ? null : (Double) (amount * NANOS_PER_SECOND / nanos);
  }

  private static double[] complete(List<Double> values) {
    return values.stream().anyMatch(Objects::isNull)
        ? new double[0]
        : values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Null where the histogram has too few samples. */
  private static Optional<Function<Histogram, Double>> statistic(String name) {
    if (name.equals(MEAN)) {
      return Optional.of(h -> h.getTotalCount() == 0 ? null : h.getMean());
    }
    if (name.equals(MAX)) {
      return Optional.of(h -> h.getTotalCount() == 0 ? null : (Double) (double) h.getMaxValue());
    }
    return Arrays.stream(Percentile.values())
        .filter(percentile -> percentile.label().equals(name))
        .findFirst()
        .map(percentile -> h -> asDouble(percentile.valueOrNull(h)));
  }

  private static Double asDouble(Long value) {
    return value == null ? null : (Double) value.doubleValue();
  }

  /** Whether iterations themselves have the metric, so that no histogram is needed. */
  public static boolean needsHistograms(ResultRecord row, String metric) {
    Metric known = row.metrics().get(metric);
    return known != null
        && row.forks().stream().anyMatch(fork -> byIteration(fork, metric).length == 0);
  }
}
