package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.payload;
import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Series;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Outcome;
import io.mooseng.bench.core.simulation.SimulationModel;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.target.simulated.SimulatedDriver;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;
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
    FileRef renamed = target.rename(file, root, "renamed").orElseThrow();
    assertThat(target.delete(renamed).orElseThrow()).isTrue();
    RecordedInterval rest = recorder.drain();
    assertThat(rest.successes()).isEqualTo(4);
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
  void aScheduledOperationIsMeasuredFromItsIntendedStart() throws OperationException {
    AtomicLong now = new AtomicLong(1_000);
    Target target = target(Faults.NONE.failing(2, FailureKind.TIMEOUT), () -> now.getAndAdd(10));
    FileRef root = target.driver().root();
    target.at(940).as("look").stat(root).orElseThrow();
    assertThat(target.at(900).stat(root).succeeded()).isFalse();
    target.at(980).statAsync(root).join();
    target.at(900).statAsync(root).join();
    RecordedInterval interval = recorder.drain();
    // They start at 1,000, 1,020, 1,040 and 1,060, take 10 each, and every second one fails.
    assertThat(interval.latencyNanos().getTotalCount()).isEqualTo(2);
    Histogram response = interval.seriesNanos().get(Series.RESPONSE);
    assertThat(response.getTotalCount()).isEqualTo(2);
    assertThat(response.getMinValue()).isEqualTo(70);
    assertThat(response.getMaxValue()).isEqualTo(70);
    Histogram lag = interval.seriesNanos().get(Series.LAG);
    assertThat(lag.getTotalCount()).as("failures start, too").isEqualTo(4);
    assertThat(lag.getCountAtValue(60)).isEqualTo(2);
    assertThat(lag.getCountAtValue(120)).isEqualTo(1);
    assertThat(lag.getCountAtValue(160)).isEqualTo(1);
    assertThat(interval.seriesNanos().get(Series.ofOperation("look")).getTotalCount()).isOne();
    target.stat(root).orElseThrow();
    assertThat(recorder.drain().seriesNanos()).as("of the target itself nothing is said").isEmpty();
  }

  @Test
  void anAsynchronousReadIsVerifiedBeforeItIsComplete() throws OperationException {
    Target target = target(Faults.NONE.corrupting(2, 1 << 20));
    FileRef file = written(target);
    target.readAsync(file, PAYLOAD).join();
    target.readAsync(file, PAYLOAD).join();
    RecordedInterval interval = recorder.drain();
    assertThat(interval.bytes()).isEqualTo(PAYLOAD.size());
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.CORRUPT, 1L));
  }

  /** Every third read is wrong: the first of the second life, and the second of the third. */
  @Test
  void aLifeWithAWrongReadIsCorrupt() {
    Target target = target(Faults.NONE.corrupting(3, 5));
    for (int i = 0; i < 3; i++) {
      Outcome<?> life = target.lifeCycle(target.driver().root(), "life-" + i, PAYLOAD, PAYLOAD);
      assertThat(life.succeeded()).isEqualTo(i == 0);
    }
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isOne();
    assertThat(interval.bytes()).isEqualTo(4 * PAYLOAD.size());
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.CORRUPT, 2L));
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
            "'file': CRC32C [0-9a-f]{8} where %08x was expected, of 77 bytes from 1048576"
                .formatted(PAYLOAD.crc32c(1 << 20, 77)));
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
                  "'file': read %d bytes from 0 where %d were expected"
                      .formatted(kept, PAYLOAD.size())));
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

  @Test
  void changesAndPartsAreOperationsLikeAnyOther() throws OperationException {
    Target target = target(Faults.NONE);
    FileRef file = written(target);
    FileContent content = FileContent.of(PAYLOAD);
    Payload change = payload(5_000);
    assertThat(target.overwrite(file, 1_000, change).orElseThrow()).isTrue();
    content.overwrite(1_000, change);
    assertThat(target.append(file, change).orElseThrow()).isTrue();
    content.append(change);
    assertThat(recorder.drain())
        .satisfies(both -> assertThat(both.successes()).isEqualTo(2))
        .satisfies(both -> assertThat(both.bytes()).isEqualTo(10_000));
    assertThat(target.read(file, content).orElseThrow()).isEqualTo(content.size());
    assertThat(target.readRange(file, 900, 200, content).orElseThrow()).isEqualTo(200);
    assertThat(target.readRange(file, 1 << 20, 5_000, content).succeeded()).isTrue();
    assertThat(recorder.drain().bytes()).isEqualTo(content.size() + 5_200);
    assertThat(target.readRange(file, 900, 200, PAYLOAD).succeeded()).as("old content").isFalse();
    assertThat(target.overwrite(file, content.size(), change).succeeded()).isFalse();
    assertThat(recorder.drain().failures())
        .isEqualTo(Map.of(FailureKind.CORRUPT, 1L, FailureKind.INVALID, 1L));
  }

  @Test
  void theMessageSaysWhichBlockDiffersFirst() throws OperationException {
    Payload large = payload(10 << 20);
    for (long offset : new long[] {0, 12_345, 3 << 20}) {
      int at = (4 << 20) + 17;
      Target target = target(Faults.NONE.corrupting(1, at - offset));
      TargetDriver driver = target.driver();
      FileRef file = driver.write(driver.root(), "large", large, trace());
      assertThat(target.readRange(file, offset, large.size() - offset, large).succeeded())
          .isFalse();
      assertThat(recorder.drain().failureMessages().get(FailureKind.CORRUPT))
          .matches(
              "'large': CRC32C [0-9a-f]{8} where %08x was expected, of 1048576 bytes from 4194304"
                  .formatted(large.crc32c(4 << 20, 1 << 20)));
    }
  }

  @Test
  void anyFlippedByteOfARangeIsFound() throws OperationException {
    SplittableRandom random = new SplittableRandom(5);
    for (int i = 0; i < 50; i++) {
      long offset = random.nextInt((int) PAYLOAD.size());
      long length = 1 + random.nextInt((int) (PAYLOAD.size() - offset));
      Target target = target(Faults.NONE.corrupting(2, random.nextLong(length)));
      FileRef file = written(target);
      assertThat(target.readRange(file, offset, length, PAYLOAD).succeeded()).isTrue();
      assertThat(target.readRange(file, offset, length, PAYLOAD).succeeded()).isFalse();
      target = target(Faults.NONE.truncating(1, length - 1));
      assertThat(target.readRange(written(target), offset, length, PAYLOAD).succeeded()).isFalse();
    }
    assertThat(recorder.drain().failures()).isEqualTo(Map.of(FailureKind.CORRUPT, 100L));
  }

  @Test
  void findingNothingIsWhatStatMissingWants() throws OperationException {
    Target target = target(Faults.NONE);
    written(target);
    assertThat(target.statMissing("nothing").orElseThrow()).isTrue();
    assertThat(target.statPath("file").orElseThrow())
        .isEqualTo(new FileInfo(PAYLOAD.size(), false));
    assertThat(recorder.drain().successes()).isEqualTo(2);
    assertThat(target.statMissing("file").succeeded()).isFalse();
    assertThat(target.statPath("nothing").succeeded()).isFalse();
    RecordedInterval failed = recorder.drain();
    assertThat(failed.failures())
        .isEqualTo(Map.of(FailureKind.ALREADY_EXISTS, 1L, FailureKind.NOT_FOUND, 1L));
    assertThat(failed.failureMessages().get(FailureKind.ALREADY_EXISTS))
        .isEqualTo("'file' should not exist and is a file of 1048653 bytes");
    Target failing = target(Faults.NONE.failing(1, FailureKind.TIMEOUT));
    assertThat(failing.statMissing("nothing").succeeded()).isFalse();
    assertThat(recorder.drain().failures()).isEqualTo(Map.of(FailureKind.TIMEOUT, 1L));
  }

  @Test
  void anAttributeThatIsNotWhatWasSetIsCorrupt() throws OperationException {
    Target target = target(Faults.NONE);
    written(target);
    Map<String, byte[]> set = Map.of("a", new byte[] {1, 2}, "b", new byte[] {3});
    assertThat(target.setAttributes("file", set).orElseThrow()).isTrue();
    assertThat(target.attributes("file", set).orElseThrow()).containsOnlyKeys("a", "b");
    assertThat(target.attributes("file", Map.of("b", new byte[] {3})).succeeded()).isTrue();
    assertThat(recorder.drain().successes()).isEqualTo(3);
    assertThat(target.attributes("file", Map.of("c", new byte[] {3})).succeeded()).isFalse();
    assertThat(recorder.drain().failureMessages())
        .isEqualTo(Map.of(FailureKind.CORRUPT, "'file': the value of attribute 'c' is missing"));
    assertThat(target.attributes("file", Map.of("b", new byte[] {4})).succeeded()).isFalse();
    assertThat(recorder.drain().failureMessages())
        .isEqualTo(Map.of(FailureKind.CORRUPT, "'file': the value of attribute 'b' is another"));
  }

  @Test
  void anAnswerThatIsNotRightIsCorrupt() throws OperationException {
    Target target = target(Faults.NONE);
    FileRef file = written(target);
    Target.Operation<FileInfo> stat = trace -> target.driver().stat(file, trace);
    assertThat(target.checked(0, stat, info -> Optional.empty()).succeeded()).isTrue();
    assertThat(target.checked(0, stat, info -> Optional.of("of another size")))
        .isEqualTo(new Outcome.Failure<>(FailureKind.CORRUPT, "of another size"));
    RecordedInterval interval = recorder.drain();
    assertThat(interval.successes()).isEqualTo(1);
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.CORRUPT, 1L));
  }

  @Test
  void aCallersTraceNamesTheOperationAndLearnsItsTimes() throws OperationException {
    AtomicLong now = new AtomicLong(1_000);
    Target target = target(Faults.NONE.failing(4, FailureKind.TIMEOUT), () -> now.getAndAdd(10));
    FileRef root = target.driver().root();
    OperationTrace own = new OperationTrace();
    String[] kind = {"make"};
    Target traced = target.tracedBy(own, trace -> trace.operation(kind[0]));
    traced.at(900).create(root, "one").orElseThrow();
    assertThat(own.startNanos()).isEqualTo(1_000);
    assertThat(own.endNanos()).isEqualTo(1_010);
    target.create(root, "two").orElseThrow();
    kind[0] = "look";
    traced.stat(root).orElseThrow();
    assertThat(traced.at(1_000).stat(root).succeeded()).isFalse();
    assertThat(own.endNanos()).isEqualTo(1_070);
    RecordedInterval interval = recorder.drain();
    assertThat(interval.seriesNanos())
        .containsOnlyKeys("op.make", "op.look", "response", "schedule.lag");
    assertThat(interval.seriesNanos().get("op.look").getTotalCount()).isEqualTo(1);
    assertThat(interval.seriesNanos().get("response").getMaxValue()).isEqualTo(110);
    assertThat(interval.seriesNanos().get("schedule.lag").getTotalCount())
        .as("that of the failure, too")
        .isEqualTo(2);
  }
}
