package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.payload;
import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.simulation.SimulationModel;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.target.simulated.SimulatedDriver;
import io.mooseng.bench.core.workload.Payload;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The facade measures a broken target as what it is. */
class TargetTest {

  private static final Payload PAYLOAD = payload((1 << 20) + 77);

  private final OperationRecorder recorder = new OperationRecorder();

  private Target target(Faults faults, Ticker ticker) {
    return new Target(new BrokenDriver(new MemoryDriver(), faults), recorder, ticker);
  }

  private Target target(Faults faults) {
    return target(faults, Ticker.SYSTEM);
  }

  private FileRef written(Target target) throws OperationException {
    TargetDriver driver = target.driver();
    return driver.write(driver.root(), "file", PAYLOAD, trace());
  }

  @Test
  void everyMethodIsOneRecordedOperation() throws OperationException {
    Target target = target(Faults.NONE);
    FileRef root = target.driver().root();
    FileRef file = target.write(root, "written", PAYLOAD).orElseThrow();
    assertThat(recorder.drain())
        .satisfies(one -> assertThat(one.successes()).isEqualTo(1))
        .satisfies(one -> assertThat(one.bytes()).isEqualTo(PAYLOAD.size()));
    assertThat(target.read(file, PAYLOAD).orElseThrow()).isEqualTo(PAYLOAD.size());
    RecordedInterval read = recorder.drain();
    assertThat(read.successes()).isEqualTo(1);
    assertThat(read.bytes()).isEqualTo(PAYLOAD.size());
    assertThat(read.stage(Stage.VERIFY)).isPresent();
    assertThat(target.stat(file).orElseThrow()).isEqualTo(new FileInfo(PAYLOAD.size(), false));
    target.create(root, "empty").orElseThrow();
    target.list(root, 0, 10).orElseThrow();
    FileRef renamed = target.rename(file, root, "renamed").orElseThrow();
    assertThat(target.delete(renamed).orElseThrow()).isTrue();
    RecordedInterval rest = recorder.drain();
    assertThat(rest.successes()).isEqualTo(5);
    assertThat(rest.bytes()).isZero();
    assertThat(rest.failureCount()).isZero();
  }

  @Test
  void theDriverItselfIsNotMeasured() throws OperationException {
    written(target(Faults.NONE));
    assertThat(recorder.drain().successes()).isZero();
  }

  @Test
  void aSlowTargetShowsInLatency() throws OperationException {
    Duration delay = Duration.ofNanos(300_000);
    Target target = target(Faults.NONE.slowedBy(delay));
    FileRef file = written(target);
    for (int i = 0; i < 5; i++) {
      target.stat(file).orElseThrow();
    }
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isEqualTo(5);
    // The histogram keeps three significant digits.
    assertThat(interval.latencyNanos().getMinValue())
        .isGreaterThanOrEqualTo(delay.toNanos() - delay.toNanos() / 1_000);
  }

  @Test
  void latencyIsWhatPassedOnItsClock() throws OperationException {
    AtomicLong now = new AtomicLong(1_000);
    // Every look at the clock takes 10 ns, and an operation without stages looks twice.
    Target target = target(Faults.NONE, () -> now.getAndAdd(10));
    target.create(target.driver().root(), "file").orElseThrow();
    target.create(target.driver().root(), "other").orElseThrow();
    RecordedInterval interval = recorder.drain();
    assertThat(interval.latencyNanos().getMinValue()).isEqualTo(10);
    assertThat(interval.latencyNanos().getMaxValue()).isEqualTo(10);
    assertThat(interval.spanNanos()).isEqualTo(30);
  }

  @Test
  void virtualTimeIsMeasuredLikeAnyOther() {
    Duration rtt = Duration.ofMillis(80);
    SimulatedDriver driver = new SimulatedDriver(SimulationModel.standard().withRtt(rtt), 1);
    Target target = new Target(driver, recorder, driver.ticker());
    target.stat(driver.root()).orElseThrow();
    RecordedInterval interval = recorder.drain();
    assertThat(interval.roundTrips()).isEqualTo(1);
    assertThat(interval.latencyNanos().getMinValue())
        .isBetween(rtt.toNanos(), rtt.toNanos() + 20_000_000);
  }

  @Test
  void failuresAreCountedByKindAndNeverEnterLatency() throws OperationException {
    Target target = target(Faults.NONE.failing(3, FailureKind.TIMEOUT));
    FileRef file = written(target);
    int failed = 0;
    for (int i = 0; i < 30; i++) {
      Outcome<FileInfo> outcome = target.stat(file);
      if (outcome instanceof Outcome.Failure<FileInfo> failure) {
        failed++;
        assertThat(failure.kind()).isEqualTo(FailureKind.TIMEOUT);
        assertThat(failure.message()).isEqualTo("planted failure");
      }
    }
    RecordedInterval interval = recorder.drain();
    assertThat(failed).isEqualTo(10);
    assertThat(interval.successes()).isEqualTo(20);
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.TIMEOUT, 10L));
    assertThat(interval.failureMessages())
        .isEqualTo(Map.of(FailureKind.TIMEOUT, "planted failure"));
  }

  @Test
  void everyKindOfFailureIsCountedUnderItsName() throws OperationException {
    for (FailureKind kind : FailureKind.values()) {
      Target target = target(Faults.NONE.failing(1, kind));
      assertThat(target.stat(target.driver().root()).succeeded()).isFalse();
      assertThat(target.connect(ConnectionDepth.TCP).succeeded()).isFalse();
      assertThat(recorder.drain().failures()).isEqualTo(Map.of(kind, 2L));
    }
  }

  @Test
  void connectingToNothingIsUnimplemented() {
    Target target = target(Faults.NONE);
    assertThat(target.connect(ConnectionDepth.TCP))
        .isInstanceOfSatisfying(
            Outcome.Failure.class,
            failure -> assertThat(failure.kind()).isEqualTo(FailureKind.UNIMPLEMENTED));
    assertThat(recorder.drain().successes()).isZero();
  }

  @Test
  void aFlippedBitIsCorruptAndNeverASuccess() throws OperationException {
    Target target = target(Faults.NONE.corrupting(2, 1 << 20));
    FileRef file = written(target);
    for (int i = 0; i < 10; i++) {
      Outcome<Long> outcome = target.read(file, PAYLOAD);
      assertThat(outcome.succeeded()).isEqualTo(i % 2 == 0);
    }
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isEqualTo(5);
    assertThat(interval.bytes()).isEqualTo(5 * PAYLOAD.size());
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.CORRUPT, 5L));
    assertThat(interval.failureMessages().get(FailureKind.CORRUPT))
        .matches(
            "CRC32C [0-9a-f]{8} where %08x was written, over %d bytes"
                .formatted(PAYLOAD.crc32c(), PAYLOAD.size()));
  }

  @Test
  void aMissingByteIsCorrupt() throws OperationException {
    for (long kept : new long[] {0, 1, PAYLOAD.size() - 1}) {
      Target target = target(Faults.NONE.truncating(1, kept));
      FileRef file = written(target);
      assertThat(target.read(file, PAYLOAD).succeeded()).isFalse();
      RecordedInterval interval = recorder.drain();
      assertThat(interval.successes()).isZero();
      assertThat(interval.failureMessages())
          .isEqualTo(
              Map.of(
                  FailureKind.CORRUPT,
                  "read %d bytes where %d were written".formatted(kept, PAYLOAD.size())));
    }
  }

  @Test
  void anotherFileOfTheSameSizeIsCorrupt() throws OperationException {
    Target target = target(Faults.NONE);
    FileRef file = written(target);
    Payload other = Payload.of(8, 0, new ByteSize(PAYLOAD.size()));
    assertThat(target.read(file, other).succeeded()).isFalse();
    assertThat(recorder.drain().failures()).isEqualTo(Map.of(FailureKind.CORRUPT, 1L));
  }
}
