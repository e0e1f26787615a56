package io.mooseng.bench.core.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class OperationRecorderTest {

  /** More than there are slots on any machine this is likely to run on: some share one. */
  private static final int THREADS = 40;

  private final OperationRecorder recorder = new OperationRecorder();

  private static OperationTrace trace(int roundTrips, Stage stage, long nanos) {
    OperationTrace trace = new OperationTrace();
    for (int i = 0; i < roundTrips; i++) {
      trace.roundTrip();
    }
    trace.add(stage, nanos);
    return trace;
  }

  @Test
  void countsSuccessesAndTheirBytes() {
    recorder.success(100, 150, 7);
    recorder.success(200, 290, 8);
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isEqualTo(2);
    assertThat(interval.failureCount()).isZero();
    assertThat(interval.bytes()).isEqualTo(15);
    assertThat(interval.roundTrips()).isZero();
    assertThat(interval.latencyNanos().getMinValue()).isEqualTo(50);
    assertThat(interval.latencyNanos().getMaxValue()).isEqualTo(90);
    assertThat(interval.spanNanos()).isEqualTo(190);
  }

  @Test
  void keepsFailuresOutOfLatencyAndBytes() {
    recorder.success(0, 10, 5);
    recorder.failure(10, 1_000_000, FailureKind.TIMEOUT, "first");
    recorder.failure(20, 30, FailureKind.TIMEOUT, "second");
    recorder.failure(30, 40, FailureKind.CORRUPT, "damaged");
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isEqualTo(1);
    assertThat(interval.latencyNanos().getMaxValue()).isEqualTo(10);
    assertThat(interval.bytes()).isEqualTo(5);
    assertThat(interval.failures())
        .isEqualTo(Map.of(FailureKind.TIMEOUT, 2L, FailureKind.CORRUPT, 1L));
    assertThat(interval.failureMessages())
        .isEqualTo(Map.of(FailureKind.TIMEOUT, "first", FailureKind.CORRUPT, "damaged"));
    assertThat(interval.failureCount()).isEqualTo(3);
    assertThat(interval.spanNanos()).as("failures take time too").isEqualTo(1_000_000);
  }

  @Test
  void addsUpRoundTripsAndStages() {
    recorder.success(0, 10, 0, trace(3, Stage.FIRST_BYTE, 40));
    recorder.success(0, 10, 0, trace(2, Stage.TRANSFER, 70));
    recorder.success(0, 10, 0, trace(1, Stage.TRANSFER, 90));
    RecordedInterval interval = recorder.drain();
    assertThat(interval.roundTrips()).isEqualTo(6);
    assertThat(interval.seriesNanos()).containsOnlyKeys("stage.first-byte", "stage.transfer");
    assertThat(interval.stage(Stage.FIRST_BYTE).orElseThrow().getTotalCount()).isEqualTo(1);
    assertThat(interval.stage(Stage.TRANSFER).orElseThrow().getTotalCount()).isEqualTo(2);
    assertThat(interval.stage(Stage.TRANSFER).orElseThrow().getMaxValue()).isEqualTo(90);
    assertThat(interval.stage(Stage.VERIFY)).isEmpty();
  }

  /** The lag of an operation that failed is the harness's own, so it counts. */
  @Test
  void countsResponseFromTheIntendedStart() {
    OperationTrace trace = new OperationTrace();
    trace.intendedStart(100);
    recorder.success(130, 180, 0, trace);
    recorder.failure(170, 900, FailureKind.TIMEOUT, "late", trace);
    trace.reset();
    recorder.success(200, 210, 0, trace);
    RecordedInterval interval = recorder.drain();
    Histogram response = interval.seriesNanos().get(Series.RESPONSE);
    Histogram lag = interval.seriesNanos().get(Series.LAG);
    assertThat(response.getTotalCount()).isEqualTo(1);
    assertThat(response.getMaxValue()).isEqualTo(80);
    assertThat(lag.getTotalCount()).isEqualTo(2);
    assertThat(lag.getMinValue()).isEqualTo(30);
    assertThat(lag.getMaxValue()).isEqualTo(70);
    assertThat(interval.latencyNanos().getMaxValue()).isEqualTo(50);
  }

  @Test
  void keepsKindsOfOperationsApart() {
    OperationTrace trace = new OperationTrace();
    trace.operation("read");
    recorder.success(0, 40, 0, trace);
    trace.operation("stat");
    recorder.success(0, 7, 0, trace);
    recorder.success(0, 9, 0, trace);
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isEqualTo(3);
    assertThat(interval.seriesNanos()).containsOnlyKeys("op.read", "op.stat");
    assertThat(interval.seriesNanos().get("op.read").getMaxValue()).isEqualTo(40);
    assertThat(interval.seriesNanos().get("op.stat").getTotalCount()).isEqualTo(2);
  }

  @Test
  void notesValuesOfTheInterval() {
    OperationTrace trace = new OperationTrace();
    trace.retry(FailureKind.UNAVAILABLE);
    trace.retry(FailureKind.UNAVAILABLE);
    recorder.success(0, 5, 0, trace);
    recorder.failure(0, 5, FailureKind.UNAVAILABLE, "gone", trace);
    recorder.note(Quantity.DROPPED, 1);
    recorder.note(Quantity.DROPPED, 3);
    assertThat(recorder.drain().values())
        .isEqualTo(Map.of(Quantity.RETRIES, 4.0, Quantity.DROPPED, 3.0));
    assertThat(recorder.drain().values()).isEmpty();
  }

  @Test
  void keepsRetriedOperationsApart() {
    OperationTrace trace = trace(1, Stage.MASTER_RPC, 40);
    recorder.success(0, 40, 3, trace);
    trace.retry(FailureKind.UNAVAILABLE);
    trace.add(Stage.BACK_OFF, 500);
    recorder.success(0, 900, 3, trace);
    trace.reset();
    recorder.success(0, 50, 3, trace);
    RecordedInterval interval = recorder.drain();
    assertThat(interval.latencyNanos().getTotalCount()).isEqualTo(2);
    assertThat(interval.latencyNanos().getMaxValue()).isEqualTo(50);
    assertThat(interval.successes()).isEqualTo(3);
    assertThat(interval.retriedSuccesses()).isEqualTo(1);
    assertThat(interval.bytes()).isEqualTo(9);
    assertThat(interval.retries()).isEqualTo(Map.of(FailureKind.UNAVAILABLE, 1L));
    assertThat(interval.seriesNanos())
        .containsOnlyKeys(
            "stage.master-rpc",
            "retried.latency",
            "retried.stage.master-rpc",
            "retried.stage.back-off");
    assertThat(recorder.drain().retries()).isEmpty();
  }

  @Test
  void drainStartsAnew() {
    recorder.success(0, 10, 5, trace(1, Stage.VERIFY, 3));
    recorder.failure(0, 10, FailureKind.INTERNAL, "old");
    RecordedInterval before = recorder.drain();
    RecordedInterval empty = recorder.drain();
    assertThat(empty.successes()).isZero();
    assertThat(empty.failures()).isEmpty();
    assertThat(empty.failureMessages()).isEmpty();
    assertThat(empty.seriesNanos()).isEmpty();
    assertThat(empty.bytes()).isZero();
    assertThat(empty.roundTrips()).isZero();
    assertThat(empty.spanNanos()).isZero();

    recorder.success(1_000, 1_004, 1);
    recorder.failure(1_000, 1_001, FailureKind.INTERNAL, "new");
    RecordedInterval after = recorder.drain();
    assertThat(after.spanNanos()).isEqualTo(4);
    assertThat(after.failureMessages()).containsEntry(FailureKind.INTERNAL, "new");
    assertThat(before.successes()).as("frozen").isEqualTo(1);
    assertThat(before.latencyNanos().getMaxValue()).isEqualTo(10);
  }

  @Test
  void resetForgets() {
    recorder.success(0, 10, 5);
    recorder.failure(0, 10, FailureKind.INTERNAL, "old");
    recorder.reset();
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isZero();
    assertThat(interval.failureCount()).isZero();
  }

  @Test
  void theSpanSurvivesAnOverflowOfTheClock() {
    recorder.success(Long.MAX_VALUE - 5, Long.MIN_VALUE + 5, 0);
    recorder.success(Long.MIN_VALUE + 2, Long.MIN_VALUE + 20, 0);
    RecordedInterval interval = recorder.drain();
    assertThat(interval.spanNanos()).isEqualTo(26);
    assertThat(interval.latencyNanos().getMinValue()).isEqualTo(11);
  }

  @Test
  void latencyIsKeptWithinTheHistogram() {
    recorder.success(10, 5, 0);
    recorder.success(0, OperationRecorder.HIGHEST_LATENCY_NANOS * 2, 0);
    Histogram latency = recorder.drain().latencyNanos();
    assertThat(latency.getTotalCount()).isEqualTo(2);
    assertThat(latency.getMinValue()).isZero();
    assertThat(latency.getMaxValue())
        .isEqualTo(latency.highestEquivalentValue(OperationRecorder.HIGHEST_LATENCY_NANOS));
  }

  @Test
  @Timeout(30)
  void mergesThreadsAsBruteForceWould() throws InterruptedException {
    for (int seed = 0; seed < 5; seed++) {
      Expected expected = new Expected();
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        SplittableRandom random = new SplittableRandom(seed * 100L + t);
        threads.add(new Thread(() -> expected.perform(random, recorder)));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
      expected.assertSame(recorder.drain());
    }
  }

  /** Adds everything up under one lock. */
  private static final class Expected {
    private final Histogram latency =
        new Histogram(
            1, OperationRecorder.HIGHEST_LATENCY_NANOS, OperationRecorder.SIGNIFICANT_DIGITS);
    private final Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
    private final Map<String, Long> stageCounts = new HashMap<>();
    private long bytes;
    private long roundTrips;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    void perform(SplittableRandom random, OperationRecorder recorder) {
      for (int i = 0; i < 2_000; i++) {
        long start = random.nextLong(1_000_000);
        long end = start + random.nextLong(1L << random.nextInt(1, 40));
        if (random.nextInt(5) == 0) {
          FailureKind kind = FailureKind.values()[random.nextInt(FailureKind.values().length)];
          recorder.failure(start, end, kind, "planted");
          failed(start, end, kind);
        } else {
          Stage stage = Stage.values()[random.nextInt(Stage.values().length)];
          OperationTrace trace = trace(random.nextInt(4), stage, 1 + random.nextLong(1_000));
          long moved = random.nextLong(1_000);
          recorder.success(start, end, moved, trace);
          succeeded(start, end, moved, trace.roundTrips(), stage);
        }
      }
    }

    private synchronized void failed(long start, long end, FailureKind kind) {
      span(start, end);
      failures.merge(kind, 1L, Long::sum);
    }

    private synchronized void succeeded(
        long start, long end, long moved, int exchanges, Stage stage) {
      span(start, end);
      latency.recordValue(end - start);
      bytes += moved;
      roundTrips += exchanges;
      if (stage.role() != Stage.Role.OF_CALLS) { // these need a server's times of every call
        stageCounts.merge(Series.of(stage), 1L, Long::sum);
      }
    }

    private void span(long start, long end) {
      first = Math.min(first, start);
      last = Math.max(last, end);
    }

    void assertSame(RecordedInterval interval) {
      assertThat(interval.latencyNanos()).isEqualTo(latency);
      assertThat(interval.failures()).isEqualTo(failures);
      assertThat(interval.bytes()).isEqualTo(bytes);
      assertThat(interval.roundTrips()).isEqualTo(roundTrips);
      assertThat(interval.spanNanos()).isEqualTo(last - first);
      Map<String, Long> counts = new HashMap<>();
      interval.seriesNanos().forEach((name, times) -> counts.put(name, times.getTotalCount()));
      assertThat(counts).isEqualTo(stageCounts);
    }
  }

  @Test
  void allocatesNothingOnceAThreadHasRecorded() {
    OperationTrace trace = trace(3, Stage.MASTER_RPC, 5);
    trace.add(Stage.FIRST_BYTE, 6);
    trace.add(Stage.TRANSFER, 7);
    trace.add(Stage.VERIFY, 8);
    trace.intendedStart(-3);
    trace.operation("read");
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long own = Thread.currentThread().getId();
    record(trace, 10_000);
    long least = Long.MAX_VALUE;
    // The JVM itself may allocate once while it compiles; what an operation costs recurs.
    for (int round = 0; round < 5; round++) {
      long before = threads.getThreadAllocatedBytes(own);
      record(trace, 100_000);
      least = Math.min(least, threads.getThreadAllocatedBytes(own) - before);
    }
    assertThat(least).isZero();
  }

  private void record(OperationTrace trace, int times) {
    for (int i = 0; i < times; i++) {
      recorder.began(i);
      recorder.success(i, i + 1 + i % 1_000_000L, 10, trace);
      recorder.ended(i + 3);
      recorder.failure(i, i + 2, FailureKind.TIMEOUT, "planted", trace);
    }
  }

  @Test
  void aLookForgetsNothing() {
    OperationRecorder recorder = new OperationRecorder();
    recorder.success(0, 100, 7);
    recorder.failure(0, 50, FailureKind.TIMEOUT, "late");
    RecordedInterval look = recorder.soFar();
    assertThat(look.successes()).isEqualTo(1);
    assertThat(look.failures()).isEqualTo(Map.of(FailureKind.TIMEOUT, 1L));
    recorder.success(0, 100, 7);
    RecordedInterval all = recorder.drain();
    assertThat(all.successes()).isEqualTo(2);
    assertThat(all.bytes()).isEqualTo(14);
    assertThat(all.failureMessages()).isEqualTo(Map.of(FailureKind.TIMEOUT, "late"));
    assertThat(recorder.soFar().successes()).isZero();
  }
}
