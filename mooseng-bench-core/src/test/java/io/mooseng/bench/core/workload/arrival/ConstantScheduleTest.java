package io.mooseng.bench.core.workload.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.random.SeededRandom;
import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConstantScheduleTest {

  private static final BigInteger NANOS_IN_1000_SECONDS = BigInteger.TEN.pow(12);

  /** floor(i / rate) without any limit of width. */
  private static long exactStart(long i, Rate rate) {
    return BigInteger.valueOf(i)
        .multiply(NANOS_IN_1000_SECONDS)
        .divide(BigInteger.valueOf(rate.perThousandSeconds()))
        .longValueExact();
  }

  @Test
  void everyStartIsExactAndInOrder() {
    SeededRandom random = new SeededRandom(1);
    for (int round = 0; round < 200; round++) {
      Rate rate = new Rate(1 + random.nextBelow(1L << random.nextBelow(30)) % 1_000_000_000);
      Duration duration =
          Duration.ofNanos(
              1 + random.nextBelow(2_000_000_000_000_000L / rate.perThousandSeconds()));
      ArrivalSchedule schedule = ArrivalSchedule.constant(rate, duration);
      Arrivals arrivals = schedule.arrivals();
      long operations = 0;
      long before = 0;
      for (long start = arrivals.next(); start != Arrivals.END; start = arrivals.next()) {
        assertThat(start).isEqualTo(exactStart(operations++, rate)).isGreaterThanOrEqualTo(before);
        before = start;
      }
      assertThat(before).isLessThan(duration.toNanos());
      assertThat(operations).isEqualTo(schedule.operations());
      // The next one would be outside: none is missing.
      assertThat(exactStart(operations, rate)).isGreaterThanOrEqualTo(duration.toNanos());
      assertThat(arrivals.next()).as("after the end").isEqualTo(Arrivals.END);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1000000, PT720H, 2592000000000",
    "2000, PT10S, 20000",
    "3, PT1S, 3",
    "0.001, PT1S, 1",
    "0.001, PT1000S, 1",
    "0.001, PT1000.000000001S, 2",
    "999999.999, PT0.000001S, 1"
  })
  void countsWithoutWalking(String rate, Duration duration, long operations) {
    assertThat(ArrivalSchedule.constant(Rate.parse(rate), duration).operations())
        .isEqualTo(operations);
  }

  @Test
  void countIsWithinOneOfRateTimesDuration() {
    SeededRandom random = new SeededRandom(2);
    for (int round = 0; round < 10_000; round++) {
      Rate rate = new Rate(1 + random.nextBelow(1_000_000_000));
      Duration duration = Duration.ofNanos(1 + random.nextBelow(86_400_000_000_000L));
      BigInteger exact =
          BigInteger.valueOf(duration.toNanos())
              .multiply(BigInteger.valueOf(rate.perThousandSeconds()))
              .divide(NANOS_IN_1000_SECONDS);
      long operations = ArrivalSchedule.constant(rate, duration).operations();
      assertThat(operations - exact.longValueExact()).isBetween(0L, 1L);
    }
  }

  /** The last starts of the longest schedule at an awkward rate: nothing overflows or drifts. */
  @Test
  void isExactAtTheFarEnd() {
    Rate rate = new Rate(999_999_937);
    ConstantSchedule schedule = new ConstantSchedule(rate, ArrivalSchedule.LONGEST);
    long operations = schedule.operations();
    for (long i = operations - 1_000; i < operations; i++) {
      assertThat(schedule.startNanos(i)).isEqualTo(exactStart(i, rate));
    }
  }

  @ParameterizedTest
  @CsvSource({"PT0S", "PT-1S", "PT720H0.000000001S"})
  void refusesUnusableDurations(Duration duration) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArrivalSchedule.constant(Rate.perSecond(1), duration))
        .withMessage("a schedule of %s; accepted: above 0 s, up to 30 days", duration);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ArrivalSchedule.poisson(Rate.perSecond(1), duration, 1));
  }
}
