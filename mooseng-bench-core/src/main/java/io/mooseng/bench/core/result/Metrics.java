package io.mooseng.bench.core.result;

import static io.mooseng.bench.core.model.Direction.HIGHER;
import static io.mooseng.bench.core.model.Direction.LOWER;
import static io.mooseng.bench.core.model.Direction.NONE;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * Computes the metrics of a row from its forks.
 *
 * <p>Values pool all iterations of all forks: percentiles come from the merged histogram and are
 * never averaged, rates are sums over sums. Intervals ({@link ForkInterval}) come from one value
 * per fork, obtained in the same way from that fork alone.
 *
 * <p>{@code n} counts operations that succeeded without a retry for {@code latency.*}, all that
 * succeeded for {@code throughput} and {@code bandwidth}; attempted operations for {@code
 * operations}, {@code errors*}, {@code success.rate} and {@code roundtrips.per.op}; recorded times
 * for {@code stage.*}, {@code op.*} and other series; iterations for {@code jmh.score}, for {@code
 * retries.*} and for every {@link Quantity}.
 */
public final class Metrics {

  private static final String LATENCY = "latency";

  /** Begins the names of the series of all stages. */
  public static final String STAGE = "stage.";

  public static final String LATENCY_MEAN = "latency.mean";
  public static final String LATENCY_P50 = "latency.p50";
  public static final String LATENCY_P90 = "latency.p90";
  public static final String LATENCY_P99 = "latency.p99";
  public static final String LATENCY_P99_9 = "latency.p99_9";
  public static final String LATENCY_MAX = "latency.max";
  public static final String RESPONSE_P50 = "response.p50";
  public static final String RESPONSE_P99 = "response.p99";
  public static final String LAG_P50 = "schedule.lag.p50";
  public static final String LAG_P99_9 = "schedule.lag.p99_9";
  public static final String THROUGHPUT = "throughput";
  public static final String BANDWIDTH = "bandwidth";
  public static final String OPERATIONS = "operations";
  public static final String ERRORS = "errors";
  public static final String SUCCESS_RATE = "success.rate";
  public static final String ROUND_TRIPS_PER_OPERATION = "roundtrips.per.op";
  public static final String JMH_SCORE = "jmh.score";

  /**
   * Begins the names of times of operations that succeeded only after a call was made again; those
   * without it are of the others.
   */
  private static final String RETRIED = "retried.";

  public static final String RETRIED_LATENCY = RETRIED + LATENCY;

  private static final String RETRIES = Quantity.RETRIES.label() + ".";
  private static final String NANOSECONDS = "ns";
  private static final double NANOS_PER_SECOND = 1e9;

  private final List<ForkMeasurement> forks;
  private final Map<String, Metric> metrics = new LinkedHashMap<>();

  private Metrics(List<ForkMeasurement> forks) {
    this.forks = forks;
  }

  /**
   * All metrics of a row, by name, in the order they are shown. Those that the row does not have
   * (no bytes moved, no round trips counted, no JMH score) are absent; those it has too few samples
   * for are there with a null value.
   */
  public static Map<String, Metric> of(List<ForkMeasurement> forks) {
    if (forks.isEmpty()) {
      return Map.of();
    }
    return new Metrics(forks).compute();
  }

  /** The name of a series' percentile, for instance {@code stage.first-byte.p50}. */
  public static String percentile(String series, Percentile percentile) {
    return series + "." + percentile.label();
  }

  /** The name of the count of one kind of error, for instance {@code errors.not-found}. */
  public static String errors(FailureKind kind) {
    return ERRORS + "." + kind.label();
  }

  /** The name of the count of calls made again after one kind of error. */
  public static String retries(FailureKind kind) {
    return RETRIES + kind.label();
  }

  static long operations(List<ForkMeasurement> forks) {
    return forks.stream().mapToLong(ForkMeasurement::operations).sum();
  }

  /** Failed operations by kind; kinds that did not happen are absent. */
  static Map<FailureKind, Long> errorsByKind(List<ForkMeasurement> forks) {
    Map<FailureKind, Long> sums = new EnumMap<>(FailureKind.class);
    for (ForkMeasurement fork : forks) {
      for (IterationRecord iteration : fork.fork().iterations()) {
        iteration.errors().forEach((kind, count) -> sums.merge(kind, count, Long::sum));
      }
    }
    return sums;
  }

  /** The sum of histograms; their order does not matter. */
  static Histogram merge(Stream<Histogram> histograms) {
    List<Histogram> all = histograms.toList();
    int digits =
        all.stream().mapToInt(Histogram::getNumberOfSignificantValueDigits).max().orElse(3);
    Histogram merged = new Histogram(digits);
    merged.setAutoResize(true);
    all.forEach(merged::add);
    return merged;
  }

  private Map<String, Metric> compute() {
    latency();
    rates();
    outcomes();
    roundTrips();
    series();
    values();
    jmhScore();
    return Collections.unmodifiableMap(metrics);
  }

  private void latency() {
    Histogram merged = merge(forks.stream().map(ForkMeasurement::latencyNanos));
    Function<ForkMeasurement, AbstractHistogram> latency = ForkMeasurement::latencyNanos;
    summary(LATENCY, merged, latency);
  }

  private void summary(
      String name, Histogram merged, Function<ForkMeasurement, AbstractHistogram> series) {
    time(name + ".mean", merged, series, Metrics::meanOrNull);
    percentiles(name, merged, series, List.of(Percentile.values()));
    time(name + ".max", merged, series, Metrics::maxOrNull);
  }

  private void percentiles(
      String name,
      Histogram merged,
      Function<ForkMeasurement, AbstractHistogram> series,
      List<Percentile> percentiles) {
    for (Percentile percentile : percentiles) {
      time(percentile(name, percentile), merged, series, h -> percentile(h, percentile));
    }
  }

  private void rates() {
    long successes = sum(ForkMeasurement::successes);
    rate(THROUGHPUT, "op/s", ForkMeasurement::successes, successes);
    if (sum(ForkMeasurement::bytes) > 0) {
      rate(BANDWIDTH, "B/s", ForkMeasurement::bytes, successes);
    }
  }

  private void outcomes() {
    long operations = operations(forks);
    long successes = sum(ForkMeasurement::successes);
    metrics.put(OPERATIONS, Metric.of(operations, "op", NONE, operations));
    metrics.put(ERRORS, Metric.of(operations - successes, "op", LOWER, operations));
    errorsByKind(forks)
        .forEach(
            (kind, count) -> metrics.put(errors(kind), Metric.of(count, "op", LOWER, operations)));
    Interval interval =
        ForkInterval.ofRatios(values(fork -> ratio(fork.successes(), fork.operations())));
    Double rate = Frozen.finiteOrNull(ratio(successes, operations));
    metrics.put(SUCCESS_RATE, new Metric(rate, "ratio", HIGHER, interval, operations));
  }

  private void roundTrips() {
    long roundTrips = sum(ForkMeasurement::roundTrips);
    long operations = operations(forks);
    if (roundTrips > 0) {
      Interval interval =
          ForkInterval.of(values(fork -> ratio(fork.roundTrips(), fork.operations())));
      metrics.put(
          ROUND_TRIPS_PER_OPERATION,
          new Metric(
              Frozen.finiteOrNull(ratio(roundTrips, operations)),
              "roundtrips/op",
              LOWER,
              interval,
              operations));
    }
  }

  private void series() {
    TreeSet<String> names = new TreeSet<>();
    forks.forEach(fork -> names.addAll(fork.seriesNanos().keySet()));
    Histogram none = new Histogram(1);
    for (String name : names) {
      Function<ForkMeasurement, AbstractHistogram> series =
          fork -> fork.seriesNanos().getOrDefault(name, none);
      Histogram merged =
          merge(forks.stream().map(fork -> fork.seriesNanos().get(name)).filter(Objects::nonNull));
      String ofAll = name.startsWith(RETRIED) ? name.substring(RETRIED.length()) : name;
      if (ofAll.startsWith(STAGE)) {
        time(name + ".mean", merged, series, Metrics::meanOrNull);
      }
      if (isPart(ofAll)) {
        percentiles(name, merged, series, List.of(Percentile.P50, Percentile.P99));
      } else {
        summary(name, merged, series);
      }
    }
  }

  /**
   * Parts of an operation, and operations of a mix, are many: two percentiles each will do, and the
   * means of stages, because only means add up to that of the whole.
   */
  private static boolean isPart(String series) {
    return series.startsWith(STAGE) || series.startsWith("op.");
  }

  private void values() {
    for (Quantity quantity : Quantity.values()) {
      value(quantity.label(), quantity);
      if (quantity == Quantity.RETRIES) {
        Arrays.stream(FailureKind.values()).forEach(kind -> value(retries(kind), quantity));
      }
    }
  }

  /** One of the values of iterations, which is pooled as {@code quantity} is. */
  private void value(String name, Quantity quantity) {
    List<Double> all = forks.stream().flatMap(fork -> fork.values(name).stream()).toList();
    if (all.isEmpty()) {
      return;
    }
    boolean amount = quantity.pooling() == Quantity.Pooling.SUM;
    double sum = all.stream().mapToDouble(Double::doubleValue).sum();
    Interval interval = amount ? null : ForkInterval.of(values(fork -> average(fork.values(name))));
    metrics.put(
        name,
        new Metric(
            amount ? sum : sum / all.size(),
            quantity.unit(),
            quantity.direction(),
            interval,
            all.size()));
  }

  private static double average(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
  }

  private void jmhScore() {
    List<JmhScores> scores =
        forks.stream().map(fork -> fork.fork().jmhScores()).filter(Objects::nonNull).toList();
    List<String> units = scores.stream().map(JmhScores::unit).distinct().toList();
    if (scores.isEmpty()) {
      return;
    }
    if (units.size() > 1) {
      throw new IllegalArgumentException("JMH scores of one row in different units: " + units);
    }
    long n =
        scores.stream()
            .flatMap(fork -> fork.perIteration().stream())
            .filter(Objects::nonNull)
            .count();
    Interval interval = ForkInterval.ofLogs(scores.stream().map(s -> mean(Stream.of(s))).toList());
    metrics.put(
        JMH_SCORE,
        new Metric(mean(scores.stream()), units.get(0), scores.get(0).direction(), interval, n));
  }

  private void time(
      String name,
      Histogram merged,
      Function<ForkMeasurement, AbstractHistogram> ofFork,
      Function<AbstractHistogram, Double> statistic) {
    List<Double> byFork = forks.stream().map(ofFork).map(statistic).toList();
    Double value = statistic.apply(merged);
    metrics.put(
        name,
        new Metric(value, NANOSECONDS, LOWER, ForkInterval.ofLogs(byFork), merged.getTotalCount()));
  }

  private void rate(String name, String unit, ToLongFunction<ForkMeasurement> amount, long n) {
    Interval interval =
        ForkInterval.ofLogs(values(fork -> perSecond(amount.applyAsLong(fork), fork.spanNanos())));
    Double value = Frozen.finiteOrNull(perSecond(sum(amount), sum(ForkMeasurement::spanNanos)));
    metrics.put(name, new Metric(value, unit, HIGHER, interval, n));
  }

  private long sum(ToLongFunction<ForkMeasurement> amount) {
    return forks.stream().mapToLong(amount).sum();
  }

  private List<Double> values(ToDoubleFunction<ForkMeasurement> statistic) {
    return forks.stream().mapToDouble(statistic).mapToObj(Frozen::finiteOrNull).toList();
  }

  private static Double percentile(AbstractHistogram histogram, Percentile percentile) {
    Long value = percentile.valueOrNull(histogram);
    return value == null ? null : value.doubleValue();
  }

  private static Double meanOrNull(AbstractHistogram histogram) {
    return histogram.getTotalCount() == 0 ? null : histogram.getMean();
  }

  private static Double maxOrNull(AbstractHistogram histogram) {
    return histogram.getTotalCount() == 0 ? null : (double) histogram.getMaxValue();
  }

  private static Double mean(Stream<JmhScores> scores) {
    return Frozen.finiteOrNull(
        scores
            .flatMap(fork -> fork.perIteration().stream())
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .average()
            .orElse(Double.NaN));
  }

  private static double perSecond(long amount, long nanos) {
    return nanos == 0 ? Double.NaN : amount * NANOS_PER_SECOND / nanos;
  }

  private static double ratio(long part, long whole) {
    return whole == 0 ? Double.NaN : (double) part / whole;
  }
}
