package io.mooseng.bench.core.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.BrokenDriver;
import io.mooseng.bench.core.target.Faults;
import io.mooseng.bench.core.target.OperationListener;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.target.nio.NioTargetProvider;
import io.mooseng.bench.core.workload.mix.FileOperation;
import io.mooseng.bench.core.workload.mix.InitialFile;
import io.mooseng.bench.core.workload.mix.OperationStream;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import io.mooseng.bench.core.workload.mix.WorkloadPlan;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each planned operation is one recorded operation, of its kind and with its outcome. */
@Timeout(60)
class WorkerTest {

  private static final int OPERATIONS = 3_000;

  private final Map<String, Long> ended = new TreeMap<>();
  private final Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);

  private void count(String operation, Optional<FailureKind> failure) {
    ended.merge(operation, 1L, Long::sum);
    failure.ifPresent(kind -> failures.merge(kind, 1L, Long::sum));
  }

  private Mix mix(Faults faults) throws OperationException {
    return new Mix(
        new MemoryDriver(),
        driver -> new BrokenDriver(driver, faults),
        (trace, failure) -> count(trace.operation(), failure));
  }

  private static Map<String, Long> successes(RecordedInterval interval) {
    Map<String, Long> counts = new TreeMap<>();
    interval
        .seriesNanos()
        .forEach(
            (name, histogram) -> {
              if (name.startsWith("op.")) {
                counts.put(name.substring("op.".length()), histogram.getTotalCount());
              }
            });
    return counts;
  }

  private Map<String, Long> performed() {
    return ended;
  }

  @Test
  void countsByKindAreThoseOfTheStream() throws OperationException {
    Mix mix = mix(Faults.NONE);
    MixClient client = mix.client(0);
    Worker worker = mix.worker();
    for (int i = 0; i < OPERATIONS; i++) {
      assertThat(client.performNext(worker)).isEmpty();
    }
    RecordedInterval interval = mix.recorder.drain();
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(OPERATIONS);
    // Planned again by a stream of the same plan, of which every operation succeeds.
    Map<String, Long> planned = new TreeMap<>();
    var stream = mix.plan.stream(0);
    for (int i = 0; i < OPERATIONS; i++) {
      var operation = stream.next();
      planned.merge(operation.operation().label(), 1L, Long::sum);
      stream.succeeded(operation);
    }
    assertThat(planned).hasSize(FileOperation.values().length);
    assertThat(successes(interval)).isEqualTo(planned).isEqualTo(performed());
    assertThat(client.stream().counts()).isEqualTo(stream.counts());
  }

  /** What one client does, no other one notices. */
  @Test
  void clientsDoNotDisturbEachOther() throws Exception {
    Mix mix = mix(Faults.NONE);
    Thread[] threads = new Thread[2];
    for (int number = 0; number < threads.length; number++) {
      MixClient client = mix.client(number);
      threads[number] =
          new Thread(
              () -> {
                Worker worker = mix.worker();
                for (int i = 0; i < OPERATIONS; i++) {
                  client.performNext(worker);
                }
              });
    }
    for (Thread thread : threads) {
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    RecordedInterval interval = mix.recorder.drain();
    assertThat(interval.failureMessages()).isEmpty();
    assertThat(interval.successes()).isEqualTo(2L * OPERATIONS);
  }

  @Test
  void worksOnAFileSystem(@TempDir Path directory) throws OperationException {
    try (TargetDriver driver =
        new NioTargetProvider().open(directory.toUri(), TargetOptions.defaults())) {
      Mix mix = new Mix(driver, Function.identity(), OperationListener.NONE);
      MixClient client = mix.client(1);
      Worker worker = mix.worker();
      for (int i = 0; i < 1_000; i++) {
        client.performNext(worker);
      }
      RecordedInterval interval = mix.recorder.drain();
      assertThat(interval.failureMessages()).isEmpty();
      assertThat(interval.successes()).isEqualTo(1_000);
    }
  }

  /**
   * Whatever the target answers, every operation is counted once, the stream is told, and what goes
   * on is consistent: nothing is ever found corrupt that is not.
   */
  @ParameterizedTest
  @EnumSource(FailureKind.class)
  void failuresAreCountedByKindAndTold(FailureKind kind) throws OperationException {
    Mix mix = mix(Faults.NONE.failing(9, kind));
    MixClient client = mix.client(0);
    Worker worker = mix.worker();
    long failed = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      failed += client.performNext(worker).isPresent() ? 1 : 0;
    }
    RecordedInterval interval = mix.recorder.drain();
    // A planted NOT_FOUND is what stat-missing wants.
    assertThat(failed).isPositive().isLessThanOrEqualTo(OPERATIONS / 9);
    assertThat(interval.failures()).isEqualTo(Map.of(kind, failed)).isEqualTo(failures);
    assertThat(interval.successes()).isEqualTo(OPERATIONS - failed);
    assertThat(performed().values().stream().mapToLong(Long::longValue).sum())
        .isEqualTo(OPERATIONS);
    boolean harmless = OperationStream.leavesFileAsItWas(kind);
    assertThat(client.stream().counts().lost() == 0).isEqualTo(harmless);
  }

  /** One read of any kind in five has a flipped bit. */
  @Test
  void everyReadIsCompared() throws OperationException {
    WorkloadPlan plan =
        new WorkloadPlan(
            Mix.workload(Map.of(FileOperation.READ, 1.0, FileOperation.READ_RANGE, 1.0), 40),
            Mix.SEED,
            1);
    Mix mix =
        new Mix(
            new MemoryDriver(),
            driver -> new BrokenDriver(driver, Faults.NONE.corrupting(5, 0)),
            OperationListener.NONE,
            plan);
    MixClient client = mix.client(0);
    Worker worker = mix.worker();
    long corrupt = 0;
    for (int i = 1; i <= 500; i++) {
      boolean found = client.performNext(worker).equals(Optional.of(FailureKind.CORRUPT));
      corrupt += found ? 1 : 0;
    }
    RecordedInterval interval = mix.recorder.drain();
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.CORRUPT, corrupt));
    // Empty files have no bit to flip.
    assertThat(corrupt).isBetween(80L, 100L);
  }

  @Test
  void aSizeThatIsToldWrongIsCorrupt() throws OperationException {
    Mix mix = mix(Faults.NONE);
    var file = mix.plan.initialFiles(0).filter(initial -> initial.size() > 1_000).findFirst().get();
    mix.target
        .driver()
        .append(
            mix.executor.file(file.fileId()).ref(),
            mix.executor.content(99, 10),
            new OperationTrace());
    Worker worker = mix.worker();
    for (FileOperation operation :
        new FileOperation[] {FileOperation.STAT, FileOperation.STAT_PATH}) {
      assertThat(
              worker.perform(
                  new PlannedOperation(
                      0,
                      operation,
                      operation,
                      file.fileId(),
                      file.path(),
                      Optional.empty(),
                      file.size(),
                      0,
                      0)))
          .contains(FailureKind.CORRUPT);
    }
    assertThat(mix.recorder.drain().failureMessages().get(FailureKind.CORRUPT))
        .isEqualTo(
            "'%s' has %d bytes, not %d".formatted(file.path(), file.size() + 10, file.size()));
  }

  /** Of whoever came too late for a name when it was recorded, a replay expects nothing else. */
  @ParameterizedTest
  @EnumSource(names = {"CREATE", "WRITE", "RENAME"})
  void whoComesTooLateAgainGivesWayAndDoesNotFail(FileOperation kind) throws OperationException {
    Mix mix = mix(Faults.NONE);
    List<InitialFile> files = mix.plan.initialFiles(0).filter(file -> file.size() > 10).toList();
    InitialFile holder = files.get(0);
    PlannedOperation late = wanting(kind, holder.path(), files.get(1));
    Worker worker = mix.worker();
    worker.mayBeLate(true);
    assertThat(worker.perform(late)).isEmpty();
    worker.mayBeLate(false);
    assertThat(worker.perform(late)).contains(FailureKind.ALREADY_EXISTS);
    PlannedOperation free = wanting(kind, holder.path() + ".free", files.get(1));
    worker.mayBeLate(true);
    assertThat(worker.perform(free)).isEmpty();

    RecordedInterval interval = mix.recorder.drain();
    assertThat(interval.values().get(Quantity.ABORTED)).isEqualTo(1.0);
    assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.ALREADY_EXISTS, 1L));
    assertThat(successes(interval)).isEqualTo(Map.of(kind.label(), 1L));
    assertThat(interval.bytes()).isEqualTo(kind == FileOperation.WRITE ? 10 : 0);
    assertThat(mix.executor.file(free.fileId()).content().size()).isEqualTo(free.size());
    assertThat(mix.executor.file(holder.fileId()).content().size()).isEqualTo(holder.size());
  }

  /** An operation that gives a file a name: a new file of 10 bytes, or {@code renamed}. */
  private static PlannedOperation wanting(FileOperation kind, String name, InitialFile renamed) {
    return switch (kind) {
      case CREATE ->
          new PlannedOperation(0, kind, kind, 1_000_000, name, Optional.empty(), 0, 0, 0);
      case WRITE ->
          new PlannedOperation(0, kind, kind, 1_000_000, name, Optional.empty(), 10, 0, 10);
      default ->
          new PlannedOperation(
              0,
              kind,
              kind,
              renamed.fileId(),
              renamed.path(),
              Optional.of(name),
              renamed.size(),
              0,
              0);
    };
  }

  @Test
  void scheduledOperationsCountFromTheirIntendedStart() throws OperationException {
    Mix mix = mix(Faults.NONE);
    MixClient client = mix.client(0);
    Worker worker = mix.worker();
    for (int i = 0; i < 100; i++) {
      client.performNext(worker, System.nanoTime() - 1_000_000_000);
    }
    RecordedInterval interval = mix.recorder.drain();
    assertThat(interval.seriesNanos().get("schedule.lag").getTotalCount()).isEqualTo(100);
    assertThat(interval.seriesNanos().get("response").getMinValue())
        .isGreaterThan(interval.latencyNanos().getMinValue() + 900_000_000);
  }
}
