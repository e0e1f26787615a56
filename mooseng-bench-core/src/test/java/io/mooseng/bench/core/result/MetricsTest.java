package io.mooseng.bench.core.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.model.Direction;
import io.mooseng.bench.core.model.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {

  /** Below this, a histogram of three digits holds every value exactly. */
  private static final int EXACT_BELOW = 2_000;

  @Test
  void agreesWithBruteForceOnRandomForks() {
    SplittableRandom random = new SplittableRandom(20260301);
    for (int round = 0; round < 300; round++) {
      List<List<Long>> samples = new ArrayList<>();
      List<ForkMeasurement> forks = new ArrayList<>();
      for (int fork = 0; fork <= random.nextInt(4); fork++) {
        List<Long> ofFork = new ArrayList<>();
        forks.add(fork(random, fork, ofFork));
        samples.add(ofFork);
      }
      check(Metrics.of(forks), forks, samples.stream().flatMap(List::stream).sorted().toList());
    }
  }

  private static void check(
      Map<String, Metric> metrics, List<ForkMeasurement> forks, List<Long> sorted) {
    long operations = 0;
    long bytes = 0;
    long nanos = 0;
    for (ForkMeasurement fork : forks) {
      for (IterationRecord iteration : fork.fork().iterations()) {
        operations += iteration.operations();
        bytes += iteration.bytes();
        nanos += iteration.spanNanos();
      }
    }
    int n = sorted.size();
    percentile(metrics, "latency.p50", sorted, 50, 100, 20);
    percentile(metrics, "latency.p90", sorted, 90, 100, 100);
    percentile(metrics, "latency.p99", sorted, 99, 100, 1_000);
    percentile(metrics, "latency.p99_9", sorted, 999, 1_000, 10_000);
    if (n > 0) {
      close(metrics, "latency.mean", sorted.stream().mapToLong(x -> x).average().orElseThrow());
      close(metrics, "latency.max", sorted.get(n - 1));
    }
    close(metrics, "throughput", n / (nanos / 1e9));
    if (bytes > 0) {
      close(metrics, "bandwidth", bytes / (nanos / 1e9));
    } else {
      assertThat(metrics).doesNotContainKey("bandwidth");
    }
    close(metrics, "operations", operations);
    close(metrics, "errors", operations - n);
    close(metrics, "success.rate", (double) n / operations);
    assertThat(metrics.get("latency.p50").n()).isEqualTo(n);
    assertThat(metrics.get("errors").n()).isEqualTo(operations);
  }

  /** Nearest rank: the smallest sample that at least p of all samples do not exceed. */
  private static void percentile(
      Map<String, Metric> metrics, String name, List<Long> sorted, int part, int whole, int least) {
    int n = sorted.size();
    Double value = metrics.get(name).value();
    if (n < least) {
      assertThat(value).as(name + " of " + n).isNull();
    } else {
      int rank = (part * n + whole - 1) / whole;
      assertThat(value).as(name + " of " + n).isEqualTo(sorted.get(rank - 1).doubleValue());
    }
  }

  private static void close(Map<String, Metric> metrics, String name, double expected) {
    assertThat(metrics.get(name).value())
        .as(name)
        .isCloseTo(expected, within(Math.abs(expected) * 1e-12));
  }

  private static ForkMeasurement fork(SplittableRandom random, int index, List<Long> samples) {
    Histogram latency = new Histogram(3);
    latency.setAutoResize(true);
    List<IterationRecord> iterations = new ArrayList<>();
    int largest = random.nextInt(20) == 0 ? 12_000 : 600;
    for (int i = 0; i <= random.nextInt(3); i++) {
      int successes = random.nextInt(largest);
      for (int s = 0; s < successes; s++) {
        long nanos = random.nextInt(EXACT_BELOW);
        latency.recordValue(nanos);
        samples.add(nanos);
      }
      long errors = 1 + random.nextInt(3);
      iterations.add(
          new IterationRecord(
              i,
              successes + errors,
              Map.of(FailureKind.TIMEOUT, errors),
              random.nextInt(2) * 64L * successes,
              0,
              1_000 + random.nextInt(1_000_000),
              LatencySummary.of(latency),
              new TreeMap<>(),
              new TreeMap<>()));
    }
    return ForkMeasurement.of(new ForkRecord(index, null, iterations), latency, Map.of());
  }

  @ParameterizedTest
  @CsvSource({"P50, 20", "P90, 100", "P99, 1000", "P99_9, 10000"})
  void aPercentileNeedsTenSamplesBeyondIt(Percentile percentile, int required) {
    assertThat(percentile.requiredSamples()).isEqualTo(required);
    Histogram histogram = new Histogram(3);
    histogram.recordValueWithCount(7, required - 1);
    assertThat(percentile.valueOrNull(histogram)).isNull();
    histogram.recordValue(7);
    assertThat(percentile.valueOrNull(histogram)).isEqualTo(7);
  }

  @Test
  void percentilesAreMergedAndNotAveraged() {
    ForkMeasurement fast = constant(0, 100, 9_000);
    ForkMeasurement slow = constant(1, 1_500, 1_000);
    Map<String, Metric> metrics = Metrics.of(List.of(fast, slow));
    assertThat(metrics.get("latency.p90").value()).isEqualTo(100);
    assertThat(metrics.get("latency.p99").value()).isEqualTo(1_500);
  }

  @Test
  void namesUnitsAndDirections() {
    Map<String, Metric> metrics =
        Metrics.of(List.of(SampleRuns.fork(0, 1_000), SampleRuns.fork(1, 1_100)));
    assertThat(metrics.keySet())
        .containsExactly(
            "latency.mean",
            "latency.p50",
            "latency.p90",
            "latency.p99",
            "latency.p99_9",
            "latency.max",
            "throughput",
            "bandwidth",
            "operations",
            "errors",
            "success.rate",
            "roundtrips.per.op",
            "stage.first-byte.mean",
            "stage.first-byte.p50",
            "stage.first-byte.p99",
            "jmh.score");
    assertThat(metrics.get("latency.p50").direction()).isEqualTo(Direction.LOWER);
    assertThat(metrics.get("latency.p50").unit()).isEqualTo("ns");
    assertThat(metrics.get("throughput").direction()).isEqualTo(Direction.HIGHER);
    assertThat(metrics.get("throughput").unit()).isEqualTo("op/s");
    assertThat(metrics.get("bandwidth").unit()).isEqualTo("B/s");
    assertThat(metrics.get("operations").direction()).isEqualTo(Direction.NONE);
    assertThat(metrics.get("roundtrips.per.op").value()).isEqualTo(2);
    assertThat(metrics.get("jmh.score").direction()).isEqualTo(Direction.LOWER);
    assertThat(metrics.get("jmh.score").n()).isEqualTo(4);
  }

  @Test
  void oneForkHasNoInterval() {
    assertThat(Metrics.of(List.of(SampleRuns.fork(0, 1_000))).values())
        .allSatisfy(metric -> assertThat(metric.ci95()).isNull());
  }

  /**
   * With 2 degrees of freedom the quantile has a closed form: 4.302653; ln of 100, 200, 400 has
   * mean ln 200, s = ln 2.
   */
  @Test
  void intervalsAreStudentsOfTheLogarithms() {
    Interval interval = ForkInterval.ofLogs(List.of(100.0, 200.0, 400.0));
    double half = 0.95 * Math.sqrt(2 / 0.0975) * Math.log(2) / Math.sqrt(3);
    assertThat(interval.lo()).isCloseTo(200 * Math.exp(-half), within(1e-9));
    assertThat(interval.hi()).isCloseTo(200 * Math.exp(half), within(1e-6));
  }

  /** t(0.975, 3) = 3.182446; values 1..4 have mean 2.5, s = sqrt(5/3). */
  @Test
  void plainIntervalsAreStudents() {
    Interval interval = ForkInterval.of(List.of(1.0, 2.0, 3.0, 4.0));
    double half = 3.182446305284263 * Math.sqrt(5.0 / 3) / 2;
    assertThat(interval.lo()).isCloseTo(2.5 - half, within(1e-9));
    assertThat(interval.hi()).isCloseTo(2.5 + half, within(1e-9));
  }

  @Test
  void noIntervalWithoutAValueInEveryFork() {
    assertThat(ForkInterval.of(Arrays.asList(1.0, null))).isNull();
    assertThat(ForkInterval.ofLogs(Arrays.asList(1.0, null))).isNull();
    assertThat(ForkInterval.ofLogs(List.of(1.0, 0.0))).isNull();
    assertThat(ForkInterval.of(List.of(1.0))).isNull();
    assertThat(ForkInterval.ofRatios(List.of(0.0, 1.0))).isEqualTo(new Interval(0, 1));
  }

  /** Of twenty forks without an error the mean was once above 1, by rounding, and all was lost. */
  @Test
  void sharesOfAnyNumberOfForksHaveAnInterval() {
    for (int forks = 2; forks <= 1_000; forks++) {
      for (double share : new double[] {0, 0.7, 1}) {
        Interval same = ForkInterval.ofRatios(Collections.nCopies(forks, share));
        assertThat(same.lo()).isBetween(Math.max(0, share - 1e-12), share + 1e-12);
        assertThat(same.hi()).isBetween(share - 1e-12, Math.min(1, share + 1e-12));
      }
    }
    SplittableRandom random = new SplittableRandom(3);
    for (int round = 0; round < 10_000; round++) {
      List<Double> byFork = random.doubles(2 + random.nextInt(40), 1 - 1e-15, 1).boxed().toList();
      Interval interval = ForkInterval.ofRatios(byFork);
      assertThat(interval.lo()).isBetween(0.0, interval.hi());
      assertThat(interval.hi()).isLessThanOrEqualTo(1);
    }
  }

  /** 1,000 rows of 5 log-normal forks: the interval holds the truth 950 times, give or take. */
  @Test
  void intervalsCoverTheTruth() {
    Random random = new Random(7);
    int covered = 0;
    for (int row = 0; row < 1_000; row++) {
      List<Double> forks = new ArrayList<>();
      for (int fork = 0; fork < 5; fork++) {
        forks.add(500 * Math.exp(0.02 * random.nextGaussian()));
      }
      Interval interval = ForkInterval.ofLogs(forks);
      covered += interval.lo() <= 500 && 500 <= interval.hi() ? 1 : 0;
    }
    assertThat(covered).isBetween(930, 970);
  }

  @Test
  void nothingMeasuredIsNoMetric() {
    assertThat(Metrics.of(List.of())).isEmpty();
  }

  @Test
  void jmhScoresInDifferentUnitsAreRefused() {
    ForkMeasurement a = scored(0, "us/op");
    ForkMeasurement b = scored(1, "ms/op");
    assertThatThrownBy(() -> Metrics.of(List.of(a, b)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("[us/op, ms/op]");
  }

  private static ForkMeasurement scored(int index, String unit) {
    ForkRecord fork = new ForkRecord(index, JmhScores.of(unit, List.of(1.0)), List.of());
    return ForkMeasurement.of(fork, new Histogram(3), Map.of());
  }

  @Test
  void amountsAddUpAndLevelsAreAveraged() {
    Map<String, Metric> metrics =
        Metrics.of(
            List.of(
                noting(0, Map.of("schedule.dropped", 3.0, "clients.fairness", 0.5)),
                noting(1, Map.of("schedule.dropped", 4.0, "clients.fairness", 0.7)),
                noting(2, Map.of())));
    assertThat(metrics.get("schedule.dropped"))
        .isEqualTo(new Metric(7.0, "op", Direction.LOWER, null, 2));
    assertThat(metrics.get("clients.fairness").value()).isCloseTo(0.6, within(1e-12));
    assertThat(metrics.get("clients.fairness").ci95()).as("a fork without a value").isNull();
    assertThat(metrics).doesNotContainKey("retries");
  }

  private static ForkMeasurement noting(int index, Map<String, Double> values) {
    IterationRecord iteration =
        new IterationRecord(
            0, 0, Map.of(), 0, 0, 0, LatencySummary.EMPTY, new TreeMap<>(), new TreeMap<>(values));
    return ForkMeasurement.of(
        new ForkRecord(index, null, List.of(iteration)), new Histogram(3), Map.of());
  }

  @Test
  void seriesOnAScheduleHaveAllPercentilesAndPartsHaveTwo() {
    Histogram times = new Histogram(3);
    times.recordValueWithCount(7, 1_000);
    ForkRecord fork = new ForkRecord(0, null, List.of());
    Map<String, Metric> metrics =
        Metrics.of(
            List.of(
                ForkMeasurement.of(
                    fork,
                    new Histogram(3),
                    Map.of("response", times, "op.read", times, "stage.close", times))));
    assertThat(metrics)
        .containsKeys("response.mean", "response.p90", "response.p99_9", "response.max")
        .containsKeys("op.read.p50", "op.read.p99", "stage.close.p99")
        .doesNotContainKeys("op.read.p90", "stage.close.max");
    assertThat(metrics.get("response.p99"))
        .isEqualTo(new Metric(7.0, "ns", Direction.LOWER, null, 1_000));
    assertThat(metrics.get("response.p99_9").value()).as("too few samples").isNull();
  }

  @Test
  void retriesAreCountedByWhatHadFailed() {
    Map<String, Metric> metrics =
        Metrics.of(
            List.of(
                noting(0, Map.of("retries", 3.0, "retries.unavailable", 3.0)),
                noting(
                    1,
                    Map.of("retries", 2.0, "retries.unavailable", 1.0, "retries.aborted", 1.0))));
    assertThat(metrics.get("retries")).isEqualTo(new Metric(5.0, "op", Direction.LOWER, null, 2));
    assertThat(metrics.get("retries.unavailable"))
        .isEqualTo(new Metric(4.0, "op", Direction.LOWER, null, 2));
    assertThat(metrics.get("retries.aborted").value()).isEqualTo(1.0);
    assertThat(metrics).doesNotContainKey("retries.timeout");
  }

  private static ForkMeasurement constant(int index, long nanos, int count) {
    Histogram latency = new Histogram(3);
    latency.recordValueWithCount(nanos, count);
    IterationRecord iteration =
        new IterationRecord(
            0,
            count,
            Map.of(),
            0,
            0,
            nanos * count,
            LatencySummary.of(latency),
            new TreeMap<>(),
            new TreeMap<>());
    return ForkMeasurement.of(new ForkRecord(index, null, List.of(iteration)), latency, Map.of());
  }
}
