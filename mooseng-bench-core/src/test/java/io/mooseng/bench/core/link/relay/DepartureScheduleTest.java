package io.mooseng.bench.core.link.relay;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.link.profile.BitRate;
import io.mooseng.bench.core.link.profile.Jitter;
import io.mooseng.bench.core.link.profile.OneWay;
import java.math.BigInteger;
import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DepartureScheduleTest {

  private static final long DELAY_NANOS = 36_350_000;
  private static final OneWay DELAYED = OneWay.delayed(Duration.ofNanos(DELAY_NANOS));

  @Test
  void anUnlimitedDirectionOnlyDelays() {
    DepartureSchedule schedule = new DepartureSchedule(DELAYED, 1);

    assertThat(schedule.departure(5, 1 << 20)).isEqualTo(5 + DELAY_NANOS);
    assertThat(schedule.departure(6, 1)).isEqualTo(6 + DELAY_NANOS);
  }

  @Test
  void aLimitedDirectionSerialisesBeforeItDelays() {
    DepartureSchedule schedule = new DepartureSchedule(DELAYED.limitedTo(8_000_000), 1);

    assertThat(schedule.departure(0, 1_000)).isEqualTo(1_052_000 + DELAY_NANOS);
    assertThat(schedule.departure(0, 1_000)).isEqualTo(2_104_000 + DELAY_NANOS);
    assertThat(schedule.departure(9_000_000, 1_000)).isEqualTo(10_052_000 + DELAY_NANOS);
  }

  @Test
  void aBacklogKeepsTheExactRateHoweverItIsCut() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 200; round++) {
      long rate = random.nextLong(BitRate.LEAST, 10_000_000_000L);
      DepartureSchedule schedule = new DepartureSchedule(DELAYED.limitedTo(rate), 1);
      long bytes = 0;
      long last = 0;
      for (int part = 0; part < 100; part++) {
        int size = random.nextInt(1, 20_000);
        bytes += DepartureSchedule.packetBytes(size);
        last = schedule.departure(0, size);
      }
      assertThat(last).as("rate %d, %d bytes", rate, bytes).isEqualTo(exact(bytes, rate));
    }
  }

  /** The ceiling of bits / rate in nanoseconds, plus the delay. */
  private static long exact(long bytes, long rate) {
    BigInteger work = BigInteger.valueOf(bytes * 8).multiply(BigInteger.valueOf(1_000_000_000L));
    BigInteger[] parts = work.divideAndRemainder(BigInteger.valueOf(rate));
    return parts[0].longValueExact() + (parts[1].signum() > 0 ? 1 : 0) + DELAY_NANOS;
  }

  @Test
  void aFullSegmentIsAFullPacketAndASmallMessageHasAWholeHeader() {
    assertThat(DepartureSchedule.packetBytes(1_448)).isEqualTo(1_500);
    assertThat(DepartureSchedule.packetBytes(144_800)).isEqualTo(150_000);
    assertThat(DepartureSchedule.packetBytes(1)).isEqualTo(53);
    assertThat(DepartureSchedule.packetBytes(0)).isZero();
  }

  @Test
  void jitterNeverOvertakesAndIsTheSameForASeed() {
    OneWay way = DELAYED.with(new Jitter(Duration.ofMillis(30), Jitter.Distribution.NORMAL, 0.5));
    DepartureSchedule one = new DepartureSchedule(way, 3);
    DepartureSchedule same = new DepartureSchedule(way, 3);
    DepartureSchedule other = new DepartureSchedule(way, 4);
    long previous = 0;
    int different = 0;
    for (long now = 0; now < 2_000_000_000L; now += 20_000_000) {
      long departure = one.departure(now, 100);
      assertThat(departure).isGreaterThanOrEqualTo(previous).isEqualTo(same.departure(now, 100));
      different += departure == other.departure(now, 100) ? 0 : 1;
      previous = departure;
    }
    assertThat(different).isGreaterThan(50);
  }

  @Test
  void departuresAreNeverEarlyAndNeverOvertake() {
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < 200; round++) {
      OneWay way =
          round % 4 == 0 ? DELAYED : DELAYED.limitedTo(random.nextLong(1_000_000, 1L << 34));
      DepartureSchedule schedule = new DepartureSchedule(way, 1);
      long now = 0;
      long previous = 0;
      for (int i = 0; i < 200; i++) {
        now += random.nextInt(3) == 0 ? random.nextInt(5_000_000) : 0;
        int bytes = random.nextInt(0, 100_000);
        long departure = schedule.departure(now, bytes);
        long serialisation = way.bitsPerSecond().isEmpty() ? 0 : nanos(bytes, way);
        assertThat(departure)
            .isGreaterThanOrEqualTo(previous)
            .isGreaterThanOrEqualTo(now + DELAY_NANOS + serialisation);
        previous = departure;
      }
    }
  }

  private static long nanos(int bytes, OneWay way) {
    return 8L * bytes * 1_000_000_000L / way.bitsPerSecond().getAsLong();
  }

  @Test
  void noWindowOfABusyDirectionCarriesMoreThanItsRate() {
    long rate = 123_456_789;
    SplittableRandom random = new SplittableRandom(13);
    DepartureSchedule schedule = new DepartureSchedule(DELAYED.limitedTo(rate), 1);
    long[] departures = new long[500];
    int[] sizes = new int[departures.length];
    long now = 0;
    for (int i = 0; i < departures.length; i++) {
      now += random.nextInt(200_000);
      sizes[i] = random.nextInt(1, 3_000);
      departures[i] = schedule.departure(now, sizes[i]);
    }
    for (int from = 0; from < departures.length; from += 7) {
      long bits = 0;
      for (int to = from + 1; to < departures.length; to++) {
        bits += 8L * DepartureSchedule.packetBytes(sizes[to]);
        long span = departures[to] - departures[from] + 1;
        assertThat(bits * 1_000_000_000.0).isLessThanOrEqualTo((double) span * rate);
      }
    }
  }

  @Test
  void theQuantumIsASegmentOrAFifthOfAMillisecond() {
    assertThat(new DepartureSchedule(DELAYED, 1).quantumBytes()).isEqualTo(Integer.MAX_VALUE);
    assertThat(new DepartureSchedule(DELAYED.limitedTo(1_000_000), 1).quantumBytes())
        .isEqualTo(1_448);
    assertThat(new DepartureSchedule(DELAYED.limitedTo(1_000_000_000), 1).quantumBytes())
        .isEqualTo(25_000);
  }
}
