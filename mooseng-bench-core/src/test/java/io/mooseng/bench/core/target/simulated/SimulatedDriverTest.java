package io.mooseng.bench.core.target.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.simulation.SimulationModel;
import io.mooseng.bench.core.target.ConnectionDepth;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.TargetContract;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.workload.Payload;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.Assertions;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One thread only, by contract of the driver: {@code ConcurrentTargetContract} does not apply. */
@Timeout(60)
class SimulatedDriverTest implements TargetContract {

  private static final Duration REGION_RTT = Duration.ofNanos(72_700_000);
  private static final SimulationModel EXACT = SimulationModel.standard().withoutNoise();
  private static final long RPC = EXACT.rpcCpu().toNanos();

  private final OperationTrace trace = new OperationTrace();

  @Override
  public TargetDriver openDriver() {
    return new SimulatedDriver(SimulationModel.standard(), 1);
  }

  @Test
  void sameSeedGivesSameTimes() throws Exception {
    assertThat(instants(42)).isEqualTo(instants(42));
    assertThat(instants(42)).isNotEqualTo(instants(43));
  }

  private List<Long> instants(long seed) throws Exception {
    SimulatedDriver driver = new SimulatedDriver(SimulationModel.standard(), seed);
    List<Long> instants = new ArrayList<>();
    Payload payload = payload(3 << 20);
    for (int i = 0; i < 50; i++) {
      FileRef file = driver.write(driver.root(), "file-" + i, payload, trace);
      driver.readAsync(file, frame -> {}, new OperationTrace());
      driver.read(file, frame -> {}, trace);
      instants.add(driver.ticker().nanoTime());
    }
    return instants;
  }

  @Test
  void countsRoundTripsOfProtocol() throws Exception {
    SimulatedDriver driver = new SimulatedDriver(EXACT, 1);
    FileRef file = driver.write(driver.root(), "file", payload(1024), trace);
    assertRoundTrips(3);
    driver.read(file, frame -> {}, trace);
    assertRoundTrips(2);
    driver.stat(file, trace);
    assertRoundTrips(1);
    driver.list(driver.root(), 0, 10, trace);
    assertRoundTrips(1);
    driver.rename(file, driver.root(), "other", trace);
    assertRoundTrips(1);
    driver.delete(file, trace);
    assertRoundTrips(1);
    FileRef large = driver.write(driver.root(), "large", payload((64 << 20) + 1), trace);
    assertRoundTrips(5);
    driver.read(large, frame -> {}, trace);
    assertRoundTrips(3);
    driver.readRange(large, 0, 1_000, frame -> {}, trace);
    assertRoundTrips(2);
    driver.readRange(large, (64 << 20) - 10, 11, frame -> {}, trace);
    assertRoundTrips(3);
    driver.overwrite(large, 500, payload(1_000), trace);
    assertRoundTrips(2);
    driver.overwrite(large, (64 << 20) - 999, payload(1_000), trace);
    assertRoundTrips(4);
    driver.append(large, payload(1_000), trace);
    assertRoundTrips(3);
    driver.statPath("large", trace);
    assertRoundTrips(2);
    driver.setAttributes("large", Map.of("a", new byte[1]), trace);
    assertRoundTrips(1);
    driver.attributes("large", trace);
    assertRoundTrips(1);
  }

  @Test
  void whatFailsCostsTheCallsBeforeIt() throws Exception {
    SimulatedDriver driver = new SimulatedDriver(EXACT, 1);
    FileRef file = driver.write(driver.root(), "file", payload(1_000), trace);
    trace.reset();
    for (Operation operation :
        new Operation[] {
          () -> driver.statPath("missing", trace),
          () -> driver.readRange(file, 1, 1_000, frame -> {}, trace),
          () -> driver.overwrite(file, 1, payload(1_000), trace)
        }) {
      long start = driver.ticker().nanoTime();
      Assertions.catchThrowableOfType(OperationException.class, operation::perform);
      assertRoundTrips(1);
      assertThat(driver.ticker().nanoTime() - start).isEqualTo(EXACT.rtt().toNanos() + RPC);
    }
  }

  /** Anything that may fail. */
  private interface Operation {
    void perform() throws OperationException;
  }

  @Test
  void statsInFlightShareTheServer() throws Exception {
    SimulatedDriver driver = new SimulatedDriver(EXACT, 1);
    int stats = 3 * EXACT.serverCores();
    AtomicInteger done = new AtomicInteger();
    OperationTrace last = new OperationTrace();
    for (int i = 0; i < stats; i++) {
      driver
          .statAsync(driver.root(), i == stats - 1 ? last : new OperationTrace())
          .whenComplete((info, error) -> done.incrementAndGet());
    }
    assertThat(driver.ticker().nanoTime()).as("nothing happens yet").isZero();
    driver.await(() -> done.get() == stats);
    assertThat(last.nanos(Stage.MASTER_RPC)).isEqualTo(EXACT.rtt().toNanos() + 3 * RPC);
    assertThat(last.roundTrips()).isEqualTo(1);
  }

  private void assertRoundTrips(int expected) {
    assertThat(trace.roundTrips()).isEqualTo(expected);
    trace.reset();
  }

  @Test
  void callTakesOneRoundTripAndCpu() throws Exception {
    SimulatedDriver driver = new SimulatedDriver(EXACT.withRtt(REGION_RTT), 1);
    driver.stat(driver.root(), trace);
    assertThat(driver.ticker().nanoTime()).isEqualTo(REGION_RTT.toNanos() + RPC);
    assertThat(trace.nanos(Stage.MASTER_RPC)).isEqualTo(REGION_RTT.toNanos() + RPC);
  }

  @Test
  void failedCallCostsWhatItCosts() throws Exception {
    SimulatedDriver driver = new SimulatedDriver(EXACT, 1);
    FileRef file = driver.create(driver.root(), "file", trace);
    driver.delete(file, trace);
    long start = driver.ticker().nanoTime();
    trace.reset();
    OperationException failure =
        Assertions.catchThrowableOfType(OperationException.class, () -> driver.stat(file, trace));
    assertThat(failure.kind()).isEqualTo(FailureKind.NOT_FOUND);
    assertThat(trace.roundTrips()).isEqualTo(1);
    assertThat(driver.ticker().nanoTime() - start).isEqualTo(EXACT.rtt().toNanos() + RPC);
  }

  @Test
  void connectionTakesOneRoundTripAndFirstResponseThree() throws Exception {
    SimulatedDriver driver = new SimulatedDriver(EXACT.withRtt(REGION_RTT), 1);
    long connect = EXACT.connectCpu().toNanos();
    driver.connect(ConnectionDepth.TCP, trace).close();
    long tcp = driver.ticker().nanoTime();
    assertThat(tcp).isEqualTo(REGION_RTT.toNanos() + connect);
    driver.connect(ConnectionDepth.FIRST_RESPONSE, trace).close();
    assertThat(driver.ticker().nanoTime() - tcp)
        .isEqualTo(3 * REGION_RTT.toNanos() + connect + RPC);
  }

  /** 100 MB at 180 ms: 8 MiB per RTT, so at least 2.1 s however fast the link is. */
  @Test
  void windowBoundsStreamOverLongPath() throws Exception {
    SimulatedDriver driver = new SimulatedDriver(EXACT.withRtt(Duration.ofMillis(180)), 1);
    FileRef file = driver.write(driver.root(), "file", payload(100 << 20), trace);
    trace.reset();
    driver.read(file, frame -> {}, trace);
    assertThat(trace.nanos(Stage.TRANSFER)).isBetween(2_000_000_000L, 2_300_000_000L);
  }

  @Test
  void linkBoundsStreamOverShortPath() throws Exception {
    SimulatedDriver driver = new SimulatedDriver(EXACT, 1);
    FileRef file = driver.write(driver.root(), "file", payload(50_000_000), trace);
    trace.reset();
    driver.read(file, frame -> {}, trace);
    assertThat(trace.nanos(Stage.TRANSFER)).isCloseTo(50_000_000L, Percentage.withPercentage(1));
  }

  /** Little's law at both ends: alone a read waits for nobody, many together fill the server. */
  @Test
  void moreInFlightSaturatesServer() throws Exception {
    double alone = readsPerSecond(1);
    double four = readsPerSecond(4);
    double many = readsPerSecond(64);
    double coresPerRead = 2.0 * RPC / 1e9 / EXACT.serverCores();
    assertThat(four).isGreaterThan(2.5 * alone).isLessThan(4.01 * alone);
    assertThat(many).isCloseTo(1 / coresPerRead, Percentage.withPercentage(5));
  }

  private double readsPerSecond(int inFlight) throws Exception {
    SimulatedDriver driver = new SimulatedDriver(EXACT, 1);
    FileRef file = driver.write(driver.root(), "file", payload(1024), trace);
    long start = driver.ticker().nanoTime();
    AtomicInteger underWay = new AtomicInteger();
    int reads = 2_000;
    for (int i = 0; i < reads; i++) {
      driver.await(() -> underWay.get() < inFlight);
      underWay.incrementAndGet();
      driver
          .readAsync(file, frame -> {}, new OperationTrace())
          .whenComplete((done, error) -> underWay.decrementAndGet());
    }
    driver.await(() -> underWay.get() == 0);
    return reads * 1e9 / (driver.ticker().nanoTime() - start);
  }

  @Test
  void awaitingWhatCannotHappenFails() {
    assertThatIllegalStateException().isThrownBy(() -> openDriver().await(() -> false));
  }

  @Test
  void saysThatNothingIsMeasured() {
    assertThat(openDriver().identity().implementation())
        .isEqualTo("MooseNG Bench model v1 (nothing measured)");
  }

  private static Payload payload(long bytes) {
    return Payload.of(3, bytes, new ByteSize(bytes));
  }
}
