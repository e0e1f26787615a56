package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.simulation.SimulationModel;
import io.mooseng.bench.core.target.simulated.SimulatedDriver;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many operations are under way, in virtual time, where it can be known beforehand. */
@Timeout(60)
class MeasuredConcurrencyTest {

  private static final Duration RTT = Duration.ofMillis(50);

  private final OperationRecorder recorder = new OperationRecorder();
  private final SimulatedDriver simulated =
      new SimulatedDriver(SimulationModel.standard().withRtt(RTT), 1);

  private Target target(TargetDriver driver) {
    return new Target(driver, recorder, simulated.ticker());
  }

  private static double value(RecordedInterval interval, Quantity quantity) {
    return interval.values().get(quantity);
  }

  /** The path dominates, so that all of them are under way nearly all of the time. */
  @ParameterizedTest
  @ValueSource(ints = {1, 8, 100})
  void aClosedLoopHasAsManyUnderWayAsItMay(int limit) throws Exception {
    Target target = target(simulated);
    InFlightWindow window = new InFlightWindow(limit);
    for (int operation = 0; operation < 50 * limit; operation++) {
      target.statAsync(simulated.root(), window);
    }
    window.drain(target);
    RecordedInterval interval = recorder.drain();
    assertThat(value(interval, Quantity.CONCURRENCY)).isBetween(limit * 0.97, (double) limit);
    // The histogram keeps three significant digits.
    assertThat(value(interval, Quantity.LITTLES_LAW)).isCloseTo(1, within(1e-3));
  }

  /** Two of eight begin 30 ms before the others, and all take the same time. */
  @Test
  void isAnAverageOverTime() {
    for (int i = 0; i < 8; i++) {
      long begin = i < 2 ? 0 : 30;
      recorder.began(begin);
      recorder.ended(begin + 60);
      recorder.success(begin, begin + 60, 0);
    }
    RecordedInterval interval = recorder.drain();
    // 2 for 30 ns, 8 for 30, 6 for 30.
    assertThat(value(interval, Quantity.CONCURRENCY)).isCloseTo(16 / 3.0, within(1e-12));
    assertThat(value(interval, Quantity.LITTLES_LAW)).isEqualTo(1);
  }

  @Test
  void failedOperationsAreUnderWayToo() throws OperationException, InterruptedException {
    FileRef gone = simulated.create(simulated.root(), "file", trace());
    simulated.delete(gone, trace());
    Target target = target(simulated);
    InFlightWindow window = new InFlightWindow(4);
    for (int operation = 0; operation < 200; operation++) {
      target.statAsync(operation % 2 == 0 ? gone : simulated.root(), window);
    }
    window.drain(target);
    RecordedInterval interval = recorder.drain();
    assertThat(interval.failures()).containsEntry(FailureKind.NOT_FOUND, 100L);
    assertThat(value(interval, Quantity.CONCURRENCY)).isBetween(3.8, 4.0);
    assertThat(value(interval, Quantity.LITTLES_LAW)).isCloseTo(1, within(1e-3));
  }

  @Test
  void whereNothingIsCountedNothingIsSaid() {
    target(simulated).stat(simulated.root());
    assertThat(recorder.drain().values())
        .doesNotContainKeys(Quantity.CONCURRENCY, Quantity.LITTLES_LAW);
  }

  /** Forgets to say of two stats in a hundred that they have ended. */
  private TargetDriver losingEnds() {
    AtomicInteger stats = new AtomicInteger();
    return (TargetDriver)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TargetDriver.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("statAsync") && stats.incrementAndGet() % 50 == 0) {
                simulated.statAsync((FileRef) arguments[0], (OperationTrace) arguments[1]);
                return new CompletableFuture<FileInfo>();
              }
              return method.invoke(simulated, arguments);
            });
  }

  @Test
  void aDriverThatLosesEndsShows() throws InterruptedException {
    Target target = target(losingEnds());
    InFlightWindow window = new InFlightWindow(8);
    for (int operation = 0; operation < 200; operation++) {
      target.statAsync(simulated.root(), window);
    }
    RecordedInterval interval = recorder.drain();
    assertThat(value(interval, Quantity.LITTLES_LAW)).isGreaterThan(1.05);
  }

  @Test
  void aRecorderThatLosesEndsShows() {
    for (int i = 0; i < 100; i++) {
      recorder.began(i * 10);
      recorder.ended(i * 10 + 500);
      if (i % 10 != 0) {
        recorder.success(i * 10, i * 10 + 500, 0);
      }
    }
    assertThat(value(recorder.drain(), Quantity.LITTLES_LAW)).isCloseTo(1 / 0.9, within(1e-9));
  }

  /** Latency from a start that was noted too late: what coordinated omission looks like. */
  @Test
  void latencyThatLeavesAPartOutShows() {
    for (int i = 0; i < 100; i++) {
      recorder.began(i * 10);
      recorder.success(i * 10 + 400, i * 10 + 500, 0);
      recorder.ended(i * 10 + 500);
    }
    assertThat(value(recorder.drain(), Quantity.LITTLES_LAW)).isCloseTo(5, within(1e-9));
  }
}
