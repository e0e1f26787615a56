package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.payload;
import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.simulation.SimulationModel;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.target.simulated.SimulatedDriver;
import io.mooseng.bench.core.workload.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class InFlightWindowTest {

  private static final Payload PAYLOAD = payload(4096);

  private final OperationRecorder recorder = new OperationRecorder();

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void neverHasMoreUnderWayThanItsLimit(int limit) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      CountingReads reads = new CountingReads(new MemoryDriver(), executor);
      Target target = new Target(reads.driver(), recorder, Ticker.SYSTEM);
      FileRef file =
          target.driver().write(target.driver().root(), "file", PAYLOAD, new OperationTrace());
      InFlightWindow window = new InFlightWindow(limit);
      readFromTwoThreads(target, file, window, 500);
      window.drain(target);
      assertThat(reads.underWay()).as("drained").isZero();
      assertThat(reads.most()).isBetween(1, limit);
      RecordedInterval interval = recorder.drain();
      assertThat(interval.successes()).isEqualTo(1_000);
      assertThat(interval.failures()).isEmpty();
    } finally {
      executor.shutdownNow();
    }
  }

  private static void readFromTwoThreads(
      Target target, FileRef file, InFlightWindow window, int each) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      threads.add(
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < each; i++) {
                    target.readAsync(file, PAYLOAD, window);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** In virtual time the window is full whenever it can be, so throughput follows Little's law. */
  @Test
  void isFilledToItsLimit() throws Exception {
    Duration rtt = Duration.ofMillis(50);
    long[] elapsed = new long[2];
    int[] limits = {1, 8};
    for (int i = 0; i < limits.length; i++) {
      SimulatedDriver driver = new SimulatedDriver(SimulationModel.standard().withRtt(rtt), 1);
      Target target = new Target(driver, recorder, driver.ticker());
      FileRef file = driver.write(driver.root(), "file", PAYLOAD, trace());
      InFlightWindow window = new InFlightWindow(limits[i]);
      long start = driver.ticker().nanoTime();
      for (int operation = 0; operation < 64; operation++) {
        target.readAsync(file, PAYLOAD, window);
      }
      window.drain(target);
      elapsed[i] = driver.ticker().nanoTime() - start;
      assertThat(recorder.drain().successes()).isEqualTo(64);
    }
    assertThat((double) elapsed[0] / elapsed[1]).isBetween(6.0, 8.5);
  }

  @Test
  void statsAreUnderWayLikeReads() throws Exception {
    Duration rtt = Duration.ofMillis(50);
    SimulatedDriver driver = new SimulatedDriver(SimulationModel.standard().withRtt(rtt), 1);
    Target target = new Target(driver, recorder, driver.ticker());
    FileRef gone = driver.create(driver.root(), "file", trace());
    driver.delete(gone, trace());
    InFlightWindow window = new InFlightWindow(8);
    long start = driver.ticker().nanoTime();
    for (int operation = 0; operation < 64; operation++) {
      target.statAsync(operation % 4 == 3 ? gone : driver.root(), window);
    }
    window.drain(target);
    long rounds = (driver.ticker().nanoTime() - start) / rtt.toNanos();
    assertThat(rounds).as("64 at 8 in flight").isEqualTo(8);
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isEqualTo(48);
    assertThat(interval.roundTrips()).isEqualTo(48);
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.NOT_FOUND, 16L));
  }

  /** So that one wake-up of the thread that feeds the loop pays for enough of them. */
  @ParameterizedTest
  @CsvSource({"PT0.00001S, 40, 520", "PT0.05S, 16, 24"})
  void takesMoreInAdvanceOnlyOfShortOperations(Duration rtt, long least, long most)
      throws Exception {
    SimulatedDriver driver = new SimulatedDriver(SimulationModel.standard().withRtt(rtt), 1);
    Target target = new Target(driver, recorder, driver.ticker());
    InFlightWindow window = new InFlightWindow(8);
    long ended = 0;
    long mostTaken = 0;
    for (int operation = 1; operation <= 1_000; operation++) {
      target.statAsync(driver.root(), window);
      ended += recorder.drain().successes();
      mostTaken = Math.max(mostTaken, operation - ended);
    }
    window.drain(target);
    assertThat(ended + recorder.drain().successes()).isEqualTo(1_000);
    assertThat(mostTaken).isBetween(least, most);
  }

  @Test
  void failedOperationsLeaveTheWindow() throws Exception {
    Faults faults = Faults.NONE.failing(2, FailureKind.UNAVAILABLE).corrupting(2, 1);
    Target target =
        new Target(new BrokenDriver(new MemoryDriver(), faults), recorder, Ticker.SYSTEM);
    FileRef file = target.driver().write(target.driver().root(), "file", PAYLOAD, trace());
    InFlightWindow window = new InFlightWindow(1);
    for (int i = 0; i < 40; i++) {
      target.readAsync(file, PAYLOAD, window);
    }
    window.drain(target);
    RecordedInterval interval = recorder.drain();
    assertThat(interval.failures())
        .isEqualTo(Map.of(FailureKind.UNAVAILABLE, 20L, FailureKind.CORRUPT, 10L));
    assertThat(interval.successes()).isEqualTo(10);
  }

  @Test
  void refusesToHoldNothing() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new InFlightWindow(0))
        .withMessage("inFlight is 0; accepted: 1 or more");
  }

  /** Reads of another driver in threads of an executor, counted. */
  private static final class CountingReads {
    private final TargetDriver driver;
    private final CompletionSignal completions = new CompletionSignal();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    CountingReads(TargetDriver driver, ExecutorService executor) {
      this.driver =
          (TargetDriver)
              java.lang.reflect.Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {TargetDriver.class},
                  (proxy, method, arguments) ->
                      switch (method.getName()) {
                        case "readAsync" ->
                            start(
                                executor,
                                (FileRef) arguments[0],
                                (FrameSink) arguments[1],
                                (OperationTrace) arguments[2]);
                        case "await" -> {
                          completions.await((java.util.function.BooleanSupplier) arguments[0]);
                          yield null;
                        }
                        default -> method.invoke(driver, arguments);
                      });
    }

    TargetDriver driver() {
      return driver;
    }

    private CompletableFuture<Void> start(
        ExecutorService executor, FileRef file, FrameSink sink, OperationTrace trace) {
      most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
      CompletableFuture<Void> done = new CompletableFuture<>();
      executor.execute(
          () -> {
            OperationException failure = null;
            try {
              driver.read(file, sink, trace);
            } catch (OperationException e) {
              failure = e;
            }
            underWay.decrementAndGet();
            if (failure == null) {
              done.complete(null);
            } else {
              done.completeExceptionally(failure);
            }
            completions.signal();
          });
      return done;
    }

    int underWay() {
      return underWay.get();
    }

    int most() {
      return most.get();
    }
  }
}
