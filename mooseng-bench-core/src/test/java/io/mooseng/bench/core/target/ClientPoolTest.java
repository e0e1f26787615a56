package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.payload;
import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.simulation.SimulationModel;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.target.simulated.SimulatedDriver;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
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

@Timeout(60)
class ClientPoolTest {

  private final OperationRecorder recorder = new OperationRecorder();
  private final MemoryDriver memory = new MemoryDriver();

  private KnownFile file(TargetDriver driver, String name, int size) throws OperationException {
    return new KnownFile(driver.write(driver.root(), name, payload(size), trace()), payload(size));
  }

  /** A client that counts how many of its stats are under way; they end in other threads. */
  private static final class CountingClient {
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    TargetDriver driver(TargetDriver driver, ExecutorService executor, CompletionSignal signal) {
      return (TargetDriver)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {TargetDriver.class},
              (proxy, method, arguments) -> {
                switch (method.getName()) {
                  case "statAsync":
                    most.accumulateAndGet(underWay.incrementAndGet(), Math::max);
                    CompletableFuture<FileInfo> done = new CompletableFuture<>();
                    executor.execute(
                        () -> {
                          underWay.decrementAndGet();
                          done.complete(new FileInfo(0, false));
                          signal.signal();
                        });
                    return done;
                  case "await":
                    signal.await((java.util.function.BooleanSupplier) arguments[0]);
                    return null;
                  case "close":
                    closed.incrementAndGet();
                    return null;
                  default:
                    return method.invoke(driver, arguments);
                }
              });
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "7, 1", "50, 1", "5, 4"})
  void eachClientHasAsManyUnderWayAsItMay(int count, int inFlight) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    CompletionSignal signal = new CompletionSignal();
    List<CountingClient> counting = new ArrayList<>();
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      CountingClient client = new CountingClient();
      counting.add(client);
      targets.add(new Target(client.driver(memory, executor, signal), recorder, Ticker.SYSTEM));
    }
    try (ClientPool pool = new ClientPool(targets, List.of(file(memory, "a", 10)), inFlight)) {
      for (int i = 0; i < 2_000; i++) {
        pool.stat();
      }
      pool.drain();
      assertThat(counting).allMatch(client -> client.underWay.get() == 0);
      assertThat(counting).allMatch(client -> client.most.get() <= inFlight);
      assertThat(Arrays.stream(pool.takeSuccesses()).sum()).isEqualTo(2_000);
      assertThat(pool.takeSuccesses()).containsOnly(0);
    } finally {
      executor.shutdownNow();
    }
    assertThat(counting).allMatch(client -> client.closed.get() == 1);
    assertThat(recorder.drain().successes()).isEqualTo(2_000);
  }

  /** In virtual time all clients are alike, and as many operations are under way as clients. */
  @ParameterizedTest
  @CsvSource({"1, 1", "10, 1", "100, 1", "10, 3"})
  void clientsThatAreAlikeGetAlike(int count, int inFlight) throws Exception {
    SimulatedDriver driver =
        new SimulatedDriver(SimulationModel.standard().withRtt(Duration.ofMillis(50)), 1);
    Target target = new Target(driver, recorder, driver.ticker());
    KnownFile file = file(driver, "file", 4096);
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      targets.add(target.newClient());
    }
    recorder.reset();
    try (ClientPool pool = new ClientPool(targets, List.of(file), inFlight)) {
      for (int i = 0; i < 30 * count * inFlight; i++) {
        pool.read();
      }
      pool.drain();
      assertThat(pool.takeSuccesses()).hasSize(count).containsOnly(30L * inFlight);
    }
    RecordedInterval interval = recorder.drain();
    assertThat(interval.values().get(Quantity.CONCURRENCY))
        .isBetween(count * inFlight * 0.95, (double) count * inFlight);
  }

  @Test
  void clientsShareFilesOutAmongThem() throws Exception {
    List<KnownFile> files = List.of(file(memory, "a", 10), file(memory, "b", 100));
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      targets.add(new Target(memory, recorder, Ticker.SYSTEM));
    }
    try (ClientPool pool = new ClientPool(targets, files, 1)) {
      for (int i = 0; i < 6; i++) {
        pool.read();
      }
      pool.drain();
      assertThat(pool.takeSuccesses()).containsExactly(2, 2, 2);
    }
    assertThat(recorder.drain().bytes()).isEqualTo(2 * (10 + 100 + 10));
  }

  @Test
  void aClientThatFailsKeepsNobodyFromGoingOn() throws Exception {
    KnownFile file = file(memory, "a", 10);
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Faults faults = i == 2 ? Faults.NONE.failing(1, FailureKind.UNAVAILABLE) : Faults.NONE;
      targets.add(new Target(new BrokenDriver(memory, faults), recorder, Ticker.SYSTEM));
    }
    try (ClientPool pool = new ClientPool(targets, List.of(file), 1)) {
      for (int i = 0; i < 400; i++) {
        pool.read();
      }
      pool.drain();
      assertThat(pool.takeSuccesses()).containsExactly(100, 100, 0, 100);
    }
    RecordedInterval interval = recorder.drain();
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.UNAVAILABLE, 100L));
    assertThat(interval.successes()).isEqualTo(300);
  }

  @Test
  void aClientThatCannotBeClosedDoesNotKeepTheOthersOpen() throws Exception {
    AtomicInteger closed = new AtomicInteger();
    List<Target> targets = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      boolean broken = i == 3;
      TargetDriver driver =
          (TargetDriver)
              Proxy.newProxyInstance(
                  getClass().getClassLoader(),
                  new Class<?>[] {TargetDriver.class},
                  (proxy, method, arguments) -> {
                    assertThat(method.getName()).isEqualTo("close");
                    closed.incrementAndGet();
                    if (broken) {
                      throw new IllegalStateException("planted");
                    }
                    return null;
                  });
      targets.add(new Target(driver, recorder, Ticker.SYSTEM));
    }
    ClientPool pool = new ClientPool(targets, List.of(file(memory, "a", 10)), 1);
    assertThatThrownBy(pool::close)
        .isInstanceOf(IllegalStateException.class)
        .hasRootCauseMessage("planted");
    assertThat(closed).hasValue(40);
  }

  @Test
  void readsAreComparedWithWhatTheFileHolds() throws Exception {
    FileRef file = memory.write(memory.root(), "a", payload(10), new OperationTrace());
    KnownFile wrong = new KnownFile(file, payload(11));
    try (ClientPool pool =
        new ClientPool(List.of(new Target(memory, recorder, Ticker.SYSTEM)), List.of(wrong), 1)) {
      pool.read();
      pool.drain();
      assertThat(pool.takeSuccesses()).containsExactly(0);
    }
    assertThat(recorder.drain().failures()).containsOnlyKeys(FailureKind.CORRUPT);
  }
}
