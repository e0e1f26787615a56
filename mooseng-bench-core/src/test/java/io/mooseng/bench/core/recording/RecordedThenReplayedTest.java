package io.mooseng.bench.core.recording;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.execution.OperationExecutor;
import io.mooseng.bench.core.execution.Replay;
import io.mooseng.bench.core.execution.ReplayPlan;
import io.mooseng.bench.core.execution.Worker;
import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.ByteSize;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.FileRef;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.workload.Payload;
import io.mooseng.bench.core.workload.mix.InitialFile;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever calls are made, measured and not, the trace of the measured ones is accepted by a
 * replay, which then does as often what they did.
 */
@Timeout(120)
class RecordedThenReplayedTest {

  private static final String OP = "op.";
  private static final int STEPS = 300;
  private static final int NAMES = 4;
  private static final Set<String> NAMING = Set.of("create", "write", "rename");

  @TempDir private Path directory;

  /** One thread with files of its own, in directories of its own and in one that all share. */
  private static final class User implements Callable<Void> {

    private final Random random;
    private final Target target;
    private final FileRef shared;
    private final String name;
    private final double measuredShare;
    private final List<FileRef> files = new ArrayList<>();
    private final List<Long> sizes = new ArrayList<>();
    private final Map<String, Integer> succeeded = new TreeMap<>();
    private final Map<String, Integer> refused = new TreeMap<>();
    private FileRef own;

    User(long seed, Target target, FileRef shared, double measuredShare) {
      this.random = new Random(seed);
      this.target = target;
      this.shared = shared;
      this.name = "user" + seed;
      this.measuredShare = measuredShare;
    }

    @Override
    public Void call() throws OperationException {
      own = target.driver().createDirectory(target.driver().root(), name, new OperationTrace());
      for (int step = 0; step < STEPS; step++) {
        step();
      }
      return null;
    }

    private interface Call<T> {
      T make(TargetDriver driver, OperationTrace trace) throws OperationException;
    }

    /** Makes a call, measured or not; nothing if the target refused. */
    private <T> Optional<T> call(String kind, Call<T> call) {
      TargetDriver driver = target.driver();
      if (random.nextDouble() >= measuredShare) {
        try {
          return Optional.of(call.make(driver, new OperationTrace()));
        } catch (OperationException e) {
          return Optional.empty();
        }
      }
      var outcome = target.together(0, trace -> call.make(driver, trace));
      (outcome.succeeded() ? succeeded : refused).merge(kind, 1, Integer::sum);
      return outcome.succeeded() ? Optional.of(outcome.orElseThrow()) : Optional.empty();
    }

    private void step() throws OperationException {
      int kind = random.nextInt(13);
      if (kind == 0) {
        anew();
      } else if (kind == 1) {
        call("list", (driver, trace) -> driver.list(own, 0, 10, trace));
      } else if (kind == 2) {
        missing();
      } else if (kind <= 5 || files.isEmpty()) {
        make(kind);
      } else {
        use(kind, random.nextInt(files.size()));
      }
    }

    private void anew() throws OperationException {
      if (random.nextInt(8) == 0) {
        target.driver().deleteTree(own, new OperationTrace());
        own = target.driver().createDirectory(target.driver().root(), name, new OperationTrace());
        for (int i = files.size() - 1; i >= 0; i--) {
          if (gone(files.get(i))) {
            files.remove(i);
            sizes.remove(i);
          }
        }
      }
    }

    private boolean gone(FileRef file) {
      try {
        target.driver().stat(file, new OperationTrace());
        return false;
      } catch (OperationException e) {
        return true;
      }
    }

    private void missing() {
      String path = name + "/n" + random.nextInt(NAMES);
      TargetDriver driver = target.driver();
      try {
        driver.statPath(path, new OperationTrace());
        call("stat-path", (d, trace) -> d.statPath(path, trace));
      } catch (OperationException e) {
        if (random.nextDouble() < measuredShare) {
          assertThat(target.statMissing(path).succeeded()).isTrue();
          succeeded.merge("stat-missing", 1, Integer::sum);
        }
      }
    }

    private FileRef someDirectory() {
      return random.nextInt(3) == 0 ? shared : own;
    }

    private Payload payload(long least) {
      return Payload.of(1, 1, new ByteSize(least + random.nextInt(3_000)));
    }

    private void make(int kind) {
      FileRef in = someDirectory();
      String fileName = "n" + random.nextInt(NAMES);
      Payload content = payload(0);
      Optional<FileRef> made =
          kind == 3
              ? call("create", (driver, trace) -> driver.create(in, fileName, trace))
              : call("write", (driver, trace) -> driver.write(in, fileName, content, trace));
      made.ifPresent(
          file -> {
            files.add(file);
            sizes.add(kind == 3 ? 0 : content.size());
          });
    }

    private void use(int kind, int index) {
      FileRef file = files.get(index);
      long size = sizes.get(index);
      switch (kind) {
        case 6 -> done("read", (driver, trace) -> driver.read(file, frame -> {}, trace));
        case 7 ->
            done(
                "read-range",
                (driver, trace) -> driver.readRange(file, size / 2, size / 3, frame -> {}, trace));
        case 8 -> append(index);
        case 9 -> call("stat", (driver, trace) -> driver.stat(file, trace));
        case 10 -> {
          done("delete", (driver, trace) -> driver.delete(file, trace));
          files.remove(index);
          sizes.remove(index);
        }
        case 11 -> {
          if (size > 0) {
            done(
                "overwrite",
                (driver, trace) -> driver.overwrite(file, 0, payload(1).part(0, 1), trace));
          }
        }
        default -> rename(index);
      }
    }

    private interface Action {
      void make(TargetDriver driver, OperationTrace trace) throws OperationException;
    }

    private void done(String kind, Action action) {
      assertThat(
              call(
                  kind,
                  (driver, trace) -> {
                    action.make(driver, trace);
                    return true;
                  }))
          .isPresent();
    }

    private void append(int index) {
      Payload more = payload(1);
      done("append", (driver, trace) -> driver.append(files.get(index), more, trace));
      sizes.set(index, sizes.get(index) + more.size());
    }

    private void rename(int index) {
      FileRef in = someDirectory();
      String to = "n" + random.nextInt(NAMES);
      call("rename", (driver, trace) -> driver.rename(files.get(index), in, to, trace))
          .ifPresent(moved -> files.set(index, moved));
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 1.0, 40", "1, 0.5, 80", "1, 0.1, 40", "4, 1.0, 20", "4, 0.5, 20"})
  void whatWasMeasuredIsDoneAgain(int threads, double measuredShare, int rounds) throws Exception {
    for (int round = 0; round < rounds; round++) {
      Path file = directory.resolve("trace-" + round);
      List<User> users = new ArrayList<>();
      TraceRecorder recorder =
          TraceRecorder.begin(
              file,
              "test",
              1,
              Optional.empty(),
              Ticker.SYSTEM,
              () -> true,
              UncheckedIOException::new);
      try (recorder) {
        TargetDriver driver = recorder.around(new MemoryDriver());
        Target target = new Target(driver, new OperationRecorder(), Ticker.SYSTEM, recorder);
        FileRef shared = driver.createDirectory(driver.root(), "shared", new OperationTrace());
        for (int user = 0; user < threads; user++) {
          users.add(new User(100L * round + user, target, shared, measuredShare));
        }
        inThreads(users);
      }
      assertThat(recorder.remarks()).isEmpty();
      assertReplayed(file, users);
    }
  }

  private static <T> void inThreads(List<? extends Callable<T>> work) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(work.size());
    try {
      for (Future<T> end : pool.invokeAll(work)) {
        end.get();
      }
    } finally {
      pool.shutdownNow();
    }
  }

  private static void assertReplayed(Path file, List<User> users) throws Exception {
    RecordedInterval again = replayed(ReplayPlan.read("--trace " + file, file));
    Map<String, Integer> succeeded = sum(users.stream().map(user -> user.succeeded).toList());
    Map<String, Integer> refused = sum(users.stream().map(user -> user.refused).toList());
    assertThat(refused.keySet()).isSubsetOf(NAMING);
    Map<String, Integer> counts = new TreeMap<>();
    again
        .seriesNanos()
        .forEach(
            (name, histogram) -> {
              if (name.startsWith(OP)) {
                counts.put(name.substring(OP.length()), (int) histogram.getTotalCount());
              }
            });
    for (String kind : succeeded.keySet()) {
      int least = succeeded.get(kind);
      assertThat(counts.get(kind)).as(kind).isBetween(least, least + refused.getOrDefault(kind, 0));
    }
    int late = again.values().getOrDefault(Quantity.ABORTED, 0.0).intValue();
    int all = counts.values().stream().mapToInt(Integer::intValue).sum();
    int asked =
        succeeded.values().stream().mapToInt(Integer::intValue).sum()
            + refused.values().stream().mapToInt(Integer::intValue).sum();
    assertThat(again.failureMessages()).as("whoever came too late, gave way").isEmpty();
    assertThat(all + late).isEqualTo(asked);
  }

  private static Map<String, Integer> sum(List<Map<String, Integer>> parts) {
    Map<String, Integer> sum = new TreeMap<>();
    parts.forEach(part -> part.forEach((kind, count) -> sum.merge(kind, count, Integer::sum)));
    return sum;
  }

  /** As soon as possible: each client of the trace in a thread. */
  private static RecordedInterval replayed(ReplayPlan plan) throws Exception {
    MemoryDriver driver = new MemoryDriver();
    OperationRecorder recorder = new OperationRecorder();
    OperationExecutor executor =
        new OperationExecutor(new Target(driver, recorder, Ticker.SYSTEM), driver.root(), "", 3);
    for (String path : plan.directories()) {
      executor.makeDirectory(path);
    }
    for (InitialFile file : plan.files()) {
      executor.makeFile(file);
    }
    Replay replay = new Replay(plan);
    List<Callable<Void>> clients = new ArrayList<>();
    for (int client = 0; client < plan.header().clients(); client++) {
      int number = client;
      Worker worker = executor.newWorker();
      clients.add(
          () -> {
            for (int i = 0; i < plan.operations().size(); i++) {
              if (plan.operations().get(i).client() == number) {
                replay.perform(i, worker);
              }
            }
            return null;
          });
    }
    inThreads(clients);
    return recorder.drain();
  }
}
