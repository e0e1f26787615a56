package io.mooseng.bench.core.target;

import static io.mooseng.bench.core.target.ContractFixture.bytes;
import static io.mooseng.bench.core.target.ContractFixture.listAll;
import static io.mooseng.bench.core.target.ContractFixture.payload;
import static io.mooseng.bench.core.target.ContractFixture.read;
import static io.mooseng.bench.core.target.ContractFixture.readRange;
import static io.mooseng.bench.core.target.ContractFixture.trace;
import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.workload.FileContent;
import io.mooseng.bench.core.workload.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** What every driver must do that is used by many threads: all but the simulated one. */
public interface ConcurrentTargetContract extends TargetContract {

  /** Threads of a race. */
  int THREADS = 16;

  /** Races run one after the other: a race that can be lost is not lost every time. */
  int ROUNDS = 20;

  @ContractCheck
  default void oneOfManyCreatesWins() throws Exception {
    try (TargetDriver driver = openDriver()) {
      for (int round = 0; round < ROUNDS; round++) {
        String name = "file-" + round;
        List<FailureKind> losers = race(thread -> driver.create(driver.root(), name, trace()));
        assertThat(losers).hasSize(THREADS - 1).containsOnly(FailureKind.ALREADY_EXISTS);
      }
      assertThat(listAll(driver, driver.root(), 1000)).hasSize(ROUNDS);
    }
  }

  @ContractCheck
  default void oneOfManyRenamesWins() throws Exception {
    try (TargetDriver driver = openDriver()) {
      for (int round = 0; round < ROUNDS; round++) {
        FileRef from = driver.createDirectory(driver.root(), "from-" + round, trace());
        FileRef to = driver.createDirectory(driver.root(), "to-" + round, trace());
        List<FileRef> files = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          files.add(driver.create(from, "file-" + i, trace()));
        }
        List<FailureKind> losers =
            race(thread -> driver.rename(files.get(thread), to, "name", trace()));
        assertThat(losers).hasSize(THREADS - 1).containsOnly(FailureKind.ALREADY_EXISTS);
        assertThat(listAll(driver, to, 1000)).containsExactly("name");
        assertThat(listAll(driver, from, 1000)).hasSize(THREADS - 1);
      }
    }
  }

  @ContractCheck
  default void creatingNeverLosesToRenaming() throws Exception {
    try (TargetDriver driver = openDriver()) {
      for (int round = 0; round < ROUNDS; round++) {
        String name = "name-" + round;
        FileRef directory = driver.createDirectory(driver.root(), "from-" + round, trace());
        List<FileRef> files = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
          files.add(driver.create(directory, "file-" + i, trace()));
        }
        List<FailureKind> losers =
            race(
                thread ->
                    thread % 2 == 0
                        ? driver.create(driver.root(), name, trace())
                        : driver.rename(files.get(thread), driver.root(), name, trace()));
        assertThat(losers).hasSize(THREADS - 1).containsOnly(FailureKind.ALREADY_EXISTS);
      }
    }
  }

  @ContractCheck
  default void threadsDoNotMixTheirData() throws Exception {
    try (TargetDriver driver = openDriver()) {
      List<FailureKind> failures =
          race(
              thread -> {
                Payload payload = payload(100_000 + thread);
                FileRef file = driver.write(driver.root(), "file-" + thread, payload, trace());
                for (int i = 0; i < 10; i++) {
                  assertThat(read(driver, file)).isEqualTo(bytes(payload));
                }
                return file;
              });
      assertThat(failures).isEmpty();
    }
  }

  /** Ranges that begin and end within blocks and chunks of any size, and share them. */
  @ContractCheck
  default void overwritesOfDifferentRangesAllTakeEffect() throws Exception {
    int range = 50_001;
    try (TargetDriver driver = openDriver()) {
      Payload before = payload((long) THREADS * range);
      FileRef file = driver.write(driver.root(), "file", before, trace());
      FileContent content = FileContent.of(before);
      for (int round = 0; round < 5; round++) {
        int variant = round;
        List<FailureKind> failures =
            race(
                thread -> {
                  Payload own = ownPayload(variant, thread, range);
                  driver.overwrite(file, (long) thread * range, own, trace());
                  return file;
                });
        assertThat(failures).isEmpty();
        for (int thread = 0; thread < THREADS; thread++) {
          content.overwrite((long) thread * range, ownPayload(round, thread, range));
        }
        assertThat(read(driver, file)).isEqualTo(bytes(content));
      }
    }
  }

  private static Payload ownPayload(int round, int thread, int size) {
    return Payload.of(round, thread, new ByteSize(size));
  }

  /** Half of the threads overwrite a range with one of two payloads, the others read it. */
  @ContractCheck
  default void readersOfWhatIsOverwrittenGetOldOrNewBytes() throws Exception {
    int size = 300_000;
    try (TargetDriver driver = openDriver()) {
      byte[][] either = {bytes(ownPayload(0, 0, size)), bytes(ownPayload(1, 0, size))};
      FileRef file = driver.write(driver.root(), "file", ownPayload(0, 0, size), trace());
      List<FailureKind> failures =
          race(
              thread -> {
                for (int i = 0; i < 10; i++) {
                  if (thread % 2 == 0) {
                    int offset = thread * 10_000 + i;
                    byte[] read = readRange(driver, file, offset, 100_000);
                    assertIsMixture(read, offset, either);
                  } else {
                    driver.overwrite(file, 0, ownPayload(i % 2, 0, size), trace());
                  }
                }
                return file;
              });
      assertThat(failures).isEmpty();
    }
  }

  private static void assertIsMixture(byte[] read, int offset, byte[][] either) {
    for (int i = 0; i < read.length; i++) {
      if (read[i] != either[0][offset + i] && read[i] != either[1][offset + i]) {
        throw new AssertionError("a byte that was never written, at " + (offset + i));
      }
    }
  }

  @ContractCheck
  default void everyThreadMayAwaitTheReadsOfAll() throws Exception {
    try (TargetDriver driver = openDriver()) {
      FileRef file = driver.write(driver.root(), "file", payload(1000), trace());
      AtomicInteger completed = new AtomicInteger();
      List<FailureKind> failures =
          race(
              thread -> {
                for (int i = 0; i < ROUNDS; i++) {
                  driver
                      .readAsync(file, frame -> {}, trace())
                      .whenComplete((done, error) -> completed.incrementAndGet());
                }
                await(driver, () -> completed.get() == THREADS * ROUNDS);
                return file;
              });
      assertThat(failures).isEmpty();
    }
  }

  private static void await(TargetDriver driver, BooleanSupplier condition) {
    try {
      driver.await(condition);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What one thread of a race does. */
  @FunctionalInterface
  interface Runner {
    FileRef run(int thread) throws OperationException;
  }

  /** Starts {@link #THREADS} threads at once; answers how those that failed did. */
  private static List<FailureKind> race(Runner runner) throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS);
    try {
      CyclicBarrier start = new CyclicBarrier(THREADS);
      List<Future<FailureKind>> ends = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        ends.add(
            executor.submit(
                () -> {
                  start.await();
                  try {
                    runner.run(thread);
                    return null;
                  } catch (OperationException e) {
                    return e.kind();
                  }
                }));
      }
      List<FailureKind> failures = new ArrayList<>();
      for (Future<FailureKind> end : ends) {
        if (end.get() != null) {
          failures.add(end.get());
        }
      }
      return failures;
    } finally {
      executor.shutdownNow();
    }
  }
}
