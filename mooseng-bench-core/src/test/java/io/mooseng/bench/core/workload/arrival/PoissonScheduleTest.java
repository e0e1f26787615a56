package io.mooseng.bench.core.workload.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Rate;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.LongStream;
import org.apache.commons.math3.distribution.ExponentialDistribution;
import org.apache.commons.math3.stat.StatUtils;
import org.apache.commons.math3.stat.inference.KolmogorovSmirnovTest;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoissonScheduleTest {

  private static final Rate RATE = Rate.perSecond(2_000);
  private static final double MEAN_GAP_NANOS = 500_000;
  private static final Duration DURATION = Duration.ofSeconds(50);
  private static final double EXPECTED = 100_000;

  private static long[] starts(ArrivalSchedule schedule) {
    Arrivals arrivals = schedule.arrivals();
    return LongStream.generate(arrivals::next).takeWhile(start -> start != Arrivals.END).toArray();
  }

  private static long[] starts(long seed) {
    return starts(ArrivalSchedule.poisson(RATE, DURATION, seed));
  }

  private static double[] gaps(long[] starts) {
    double[] gaps = new double[starts.length];
    for (int i = 0; i < starts.length; i++) {
      gaps[i] = starts[i] - (i == 0 ? 0 : starts[i - 1]);
    }
    return gaps;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void gapsAreExponential(long seed) {
    double[] gaps = gaps(starts(seed));
    assertThat(StatUtils.min(gaps)).isNotNegative();
    // Three and a half standard errors of each.
    assertThat(StatUtils.mean(gaps)).isCloseTo(MEAN_GAP_NANOS, Percentage.withPercentage(1.1));
    assertThat(StatUtils.variance(gaps))
        .isCloseTo(MEAN_GAP_NANOS * MEAN_GAP_NANOS, Percentage.withPercentage(3.2));
    assertThat(p(gaps, MEAN_GAP_NANOS)).isGreaterThan(0.001);
    assertThat(p(gaps, MEAN_GAP_NANOS * 1.02)).as("a mean 2 %% off is told").isLessThan(0.001);
  }

  private static double p(double[] gaps, double mean) {
    return new KolmogorovSmirnovTest()
        .kolmogorovSmirnovTest(new ExponentialDistribution(mean), gaps);
  }

  @Test
  void countVariesAroundRateTimesDuration() {
    double[] counts =
        LongStream.range(0, 200)
            .mapToDouble(
                seed -> ArrivalSchedule.poisson(RATE, Duration.ofSeconds(1), seed).operations())
            .toArray();
    assertThat(StatUtils.mean(counts)).isCloseTo(2_000, Offset.offset(12.0));
    // The variance of a Poisson count is its mean; 200 counts give it to about 10 %.
    assertThat(StatUtils.variance(counts)).isCloseTo(2_000, Percentage.withPercentage(30));
  }

  /** Variance over mean of the counts per window: 1 for a Poisson process, 0 for a metronome. */
  @Test
  void countsInWindowsAreDispersedLikeAPoissonProcess() {
    for (long windowMillis : new long[] {5, 20, 100}) {
      assertThat(dispersion(starts(9), windowMillis)).isCloseTo(1, Offset.offset(0.15));
    }
    assertThat(dispersion(starts(ArrivalSchedule.constant(RATE, DURATION)), 5)).isZero();
  }

  /** Several machines that each have a part of the rate are together one of the whole rate. */
  @Test
  void mergedSchedulesAreDispersedAlike() {
    Rate quarter = Rate.perSecond(500);
    long[] merged =
        LongStream.rangeClosed(1, 4)
            .flatMap(
                seed -> Arrays.stream(starts(ArrivalSchedule.poisson(quarter, DURATION, seed))))
            .sorted()
            .toArray();
    assertThat(merged.length).isCloseTo((int) EXPECTED, Percentage.withPercentage(1.1));
    assertThat(dispersion(merged, 20)).isCloseTo(1, Offset.offset(0.15));
    assertThat(p(gaps(merged), MEAN_GAP_NANOS)).isGreaterThan(0.001);
  }

  private static double dispersion(long[] starts, long windowMillis) {
    long windowNanos = Duration.ofMillis(windowMillis).toNanos();
    double[] counts = new double[(int) (DURATION.toNanos() / windowNanos)];
    for (long start : starts) {
      counts[(int) (start / windowNanos)]++;
    }
    return StatUtils.variance(counts) / StatUtils.mean(counts);
  }

  @Test
  void theSeedDecides() {
    assertThat(starts(1)).isEqualTo(starts(1)).isNotEqualTo(starts(2));
    ArrivalSchedule schedule = ArrivalSchedule.poisson(RATE, DURATION, 1);
    assertThat(starts(schedule)).isEqualTo(starts(schedule)).hasSize((int) schedule.operations());
    // Fixed here so that no machine, JVM or change gives others unnoticed.
    assertThat(Arrays.copyOf(starts(1), 5))
        .containsExactly(692_643, 925_564, 1_213_944, 2_754_771, 2_867_632);
  }

  @Test
  void endsInTime() {
    for (long seed = 0; seed < 1_000; seed++) {
      ArrivalSchedule schedule =
          ArrivalSchedule.poisson(Rate.perSecond(1_000), Duration.ofNanos(1_500_001), seed);
      Arrivals arrivals = schedule.arrivals();
      long before = 0;
      for (long start = arrivals.next(); start != Arrivals.END; start = arrivals.next()) {
        assertThat(start).isBetween(before, 1_500_000L);
        before = start;
      }
      assertThat(arrivals.next()).as("after the end").isEqualTo(Arrivals.END);
    }
  }
}
