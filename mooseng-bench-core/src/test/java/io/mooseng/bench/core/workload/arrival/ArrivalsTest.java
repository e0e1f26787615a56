package io.mooseng.bench.core.workload.arrival;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.Rate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ArrivalsTest {

  private static final int THREADS = 4;

  static List<ArrivalSchedule> schedules() {
    Rate rate = Rate.perSecond(100_003);
    Duration duration = Duration.ofSeconds(2);
    return List.of(
        ArrivalSchedule.constant(rate, duration), ArrivalSchedule.poisson(rate, duration, 7));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  @Timeout(60)
  void manyThreadsTakeEachStartOnceAndInOrder(ArrivalSchedule schedule) throws Exception {
    Arrivals arrivals = schedule.arrivals();
    Callable<long[]> taker =
        () ->
            LongStream.generate(arrivals::next).takeWhile(start -> start != Arrivals.END).toArray();
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    List<long[]> taken = new ArrayList<>();
    try {
      for (Future<long[]> future : threads.invokeAll(Collections.nCopies(THREADS, taker))) {
        taken.add(future.get());
      }
    } finally {
      threads.shutdownNow();
    }
    for (long[] starts : taken) {
      assertThat(starts).as("of one thread").isSorted();
    }
    Arrivals alone = schedule.arrivals();
    assertThat(taken.stream().flatMapToLong(Arrays::stream).sorted().toArray())
        .isEqualTo(
            LongStream.generate(alone::next).takeWhile(start -> start != Arrivals.END).toArray());
  }
}
