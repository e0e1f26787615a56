package io.mooseng.bench.core.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.ConfigurationException;
import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.recording.TraceRecorder;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.workload.mix.FileOperation;
import io.mooseng.bench.core.workload.mix.InitialFile;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import io.mooseng.bench.core.workload.trace.TracedOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A trace that was recorded gives the same operations again. */
@Timeout(60)
class ReplayTest {

  private static final int OPERATIONS = 2_000;
  private static final String HEADER =
      "{\"trace\":1,\"workload\":\"x\",\"seed\":1,\"clients\":2,\"started\":\"2026-01-31T12:00:00Z\"}";

  @TempDir private Path directory;

  private static Map<String, Long> counts(RecordedInterval interval) {
    Map<String, Long> counts = new TreeMap<>();
    interval
        .seriesNanos()
        .forEach(
            (name, histogram) -> {
              if (name.startsWith("op.")) {
                counts.put(name, histogram.getTotalCount());
              }
            });
    return counts;
  }

  private static TraceRecorder recorder(Path file, BooleanSupplier wanted) {
    return TraceRecorder.begin(
        file, "test", Mix.SEED, Optional.empty(), Ticker.SYSTEM, wanted, UncheckedIOException::new);
  }

  private Path recorded(OperationRecorder[] recorder) throws OperationException {
    Path file = directory.resolve("trace.jsonl");
    try (TraceRecorder trace = recorder(file, () -> true)) {
      Mix mix = new Mix(trace.around(new MemoryDriver()), driver -> driver, trace);
      recorder[0] = mix.recorder;
      for (int client = 0; client < 2; client++) {
        MixClient performer = mix.client(client);
        Worker worker = mix.worker();
        for (int i = 0; i < OPERATIONS; i++) {
          performer.performNext(worker);
        }
      }
    }
    return file;
  }

  private static OperationExecutor prepared(ReplayPlan plan, OperationRecorder recorder)
      throws OperationException {
    MemoryDriver driver = new MemoryDriver();
    OperationExecutor executor =
        new OperationExecutor(new Target(driver, recorder, Ticker.SYSTEM), driver.root(), "", 3);
    for (String path : plan.directories()) {
      executor.makeDirectory(path);
    }
    for (InitialFile file : plan.files()) {
      executor.makeFile(file);
    }
    return executor;
  }

  @Test
  void aRecordedMixIsPerformedAgain() throws Exception {
    OperationRecorder[] recorder = new OperationRecorder[1];
    ReplayPlan plan = ReplayPlan.read("--trace t", recorded(recorder));
    assertThat(plan.operations()).hasSize(2 * OPERATIONS);
    assertThat(plan.operations().get(0).startNanos()).isZero();
    OperationRecorder again = new OperationRecorder();
    Worker worker = prepared(plan, again).newWorker();
    Replay replay = new Replay(plan);
    for (int i = 0; i < plan.operations().size(); i++) {
      replay.perform(i, worker);
    }
    RecordedInterval second = again.drain();
    assertThat(second.failureMessages()).isEmpty();
    assertThat(counts(second)).isEqualTo(counts(recorder[0].drain())).hasSize(12);
  }

  /**
   * Whoever performs which operation: those on one file keep their order, and none waits forever.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 8})
  void operationsOnAFileKeepTheirOrderInManyThreads(int threads) throws Exception {
    ReplayPlan plan = ReplayPlan.read("--trace t", recorded(new OperationRecorder[1]));
    OperationRecorder again = new OperationRecorder();
    OperationExecutor executor = prepared(plan, again);
    Replay replay = new Replay(plan);
    List<Thread> performers = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      int first = thread;
      Worker worker = executor.newWorker();
      performers.add(
          new Thread(
              () -> {
                try {
                  for (int i = first; i < plan.operations().size(); i += threads) {
                    replay.perform(i, worker);
                  }
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              }));
    }
    performers.forEach(Thread::start);
    for (Thread performer : performers) {
      performer.join();
    }
    RecordedInterval second = again.drain();
    assertThat(second.failureMessages()).isEmpty();
    assertThat(second.successes()).isEqualTo(2L * OPERATIONS);
  }

  @Test
  void warmUpIsLeftOut() throws Exception {
    Path file = directory.resolve("trace.jsonl");
    boolean[] wanted = {false};
    try (TraceRecorder trace = recorder(file, () -> wanted[0])) {
      Mix mix = new Mix(trace.around(new MemoryDriver()), driver -> driver, trace);
      MixClient client = mix.client(0);
      Worker worker = mix.worker();
      for (int i = 0; i < 300; i++) {
        wanted[0] = i >= 200;
        client.performNext(worker);
      }
    }
    ReplayPlan plan = ReplayPlan.read("--trace t", file);
    assertThat(plan.operations()).hasSize(100);
    OperationRecorder again = new OperationRecorder();
    Worker worker = prepared(plan, again).newWorker();
    Replay replay = new Replay(plan);
    for (int i = 0; i < 100; i++) {
      replay.perform(i, worker);
    }
    assertThat(again.drain().failureMessages()).as("what warm-up had made is there").isEmpty();
  }

  private Path lines(String... lines) throws IOException {
    Path file = directory.resolve("by-hand.jsonl");
    return Files.writeString(file, HEADER + "\n" + String.join("\n", lines) + "\n");
  }

  private static String line(long start, String operation, String path, String more) {
    return "{\"t\":%d,\"c\":0,\"op\":\"%s\",\"path\":\"%s\"%s,\"outcome\":\"ok\",\"ns\":5}"
        .formatted(start, operation, path, more);
  }

  @Test
  void whatIsUsedBeforeItIsMadeWasThere() throws IOException {
    ReplayPlan plan =
        ReplayPlan.read(
            "--trace t",
            lines(
                line(7, "append", "a/b/f1", ",\"size\":30,\"offset\":20,\"length\":10"),
                line(8, "write", "a/f2", ",\"size\":5,\"length\":5"),
                line(9, "read", "a/f2", ",\"size\":5,\"length\":5"),
                line(10, "list", "z", ""),
                line(11, "delete", "a/f2", ",\"size\":5"),
                line(12, "rename", "a/b/f1", ",\"to\":\"a/b/f3\",\"size\":30"),
                line(13, "stat", "a/b/f3", ",\"size\":30")));
    assertThat(plan.directories()).containsExactly("a", "a/b", "z");
    assertThat(plan.files()).containsExactly(new InitialFile(0, "a/b/f1", 20));
    assertThat(plan.lengthNanos()).isEqualTo(6);
    assertThat(plan.operations().stream().map(operation -> Arrays.toString(operation.after())))
        .containsExactly("[]", "[]", "[1]", "[]", "[2]", "[0]", "[5]");
  }

  /**
   * In an open loop threads take operations in a slightly other order than they were to start: what
   * was read before it was written, by the times, was written before by the order of lines.
   */
  @Test
  void theOrderOfEndsDecidesWhatExists() throws IOException {
    ReplayPlan plan =
        ReplayPlan.read(
            "--trace t",
            lines(
                line(10, "write", "a/f", ",\"size\":5,\"length\":5"),
                line(8, "read", "a/f", ",\"size\":5,\"length\":5"),
                line(9, "stat-missing", "a/g", "")));
    assertThat(plan.files()).isEmpty();
    assertThat(plan.operations())
        .extracting(operation -> operation.planned().operation().label())
        .containsExactly("stat-missing", "write", "read");
    assertThat(plan.operations())
        .extracting(ReplayPlan.Operation::startNanos)
        .containsExactly(0L, 1L, 1L);
    assertThat(plan.operations().get(2).after()).containsExactly(1);
  }

  @Test
  void aRenameComesAfterWhatFreedItsName() throws IOException {
    ReplayPlan plan =
        ReplayPlan.read(
            "--trace t",
            lines(
                line(1, "delete", "b", ",\"size\":5"),
                line(2, "read", "a", ",\"size\":7,\"length\":7"),
                line(3, "rename", "a", ",\"to\":\"b\",\"size\":7")));
    assertThat(plan.operations().get(2).after()).containsExactlyInAnyOrder(0, 1);
  }

  @Test
  void aRenameToANameThatIsTakenIsRefused() throws IOException {
    Path file =
        lines(
            line(1, "stat", "b", ",\"size\":5"),
            line(2, "rename", "a", ",\"to\":\"b\",\"size\":7"));
    assertThatThrownBy(() -> ReplayPlan.read("--trace t", file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("--trace t: line 3: 'a' was renamed to 'b', which was taken");
  }

  /** Against a count at every start. */
  @Test
  void mostUnderWayAgreesWithCounting() {
    Random random = new Random(5);
    for (int round = 0; round < 500; round++) {
      List<TracedOperation> traced = new ArrayList<>();
      for (int i = 0; i <= random.nextInt(12); i++) {
        traced.add(stat(random.nextInt(20), 1 + random.nextInt(8)));
      }
      long most = 0;
      for (TracedOperation at : traced) {
        long now = at.startNanos();
        long underWay =
            traced.stream()
                .filter(op -> op.startNanos() <= now && now < op.startNanos() + op.durationNanos())
                .count();
        most = Math.max(most, underWay);
      }
      assertThat(ReplayPlan.mostUnderWay(traced)).isEqualTo((int) most);
    }
  }

  private static TracedOperation stat(long start, long duration) {
    PlannedOperation planned =
        new PlannedOperation(
            0, FileOperation.STAT, FileOperation.STAT, 0, "f", Optional.empty(), 5, 0, 0);
    return TracedOperation.of(planned, 0, start, duration, Optional.empty());
  }

  /** As many operations at once as there are threads, in an order of their own. */
  @Test
  void aMixThatWasRecordedInManyThreadsAtOnceIsPerformedAgain() throws Exception {
    Path file = directory.resolve("trace.jsonl");
    Mix mix;
    try (TraceRecorder trace = recorder(file, () -> true)) {
      mix = new Mix(trace.around(new MemoryDriver()), driver -> driver, trace);
      MixClient client = mix.client(0);
      List<Thread> threads = new ArrayList<>();
      for (int thread = 0; thread < 8; thread++) {
        Worker worker = mix.worker();
        threads.add(
            new Thread(
                () -> {
                  for (int i = 0; i < 500; i++) {
                    // Not in the order in which they are planned.
                    client.performNext(worker, System.nanoTime() - 1_000 * (i % 7));
                  }
                }));
      }
      threads.forEach(Thread::start);
      for (Thread thread : threads) {
        thread.join();
      }
    }
    ReplayPlan plan = ReplayPlan.read("--trace t", file);
    OperationRecorder again = new OperationRecorder();
    Worker worker = prepared(plan, again).newWorker();
    Replay replay = new Replay(plan);
    for (int i = 0; i < plan.operations().size(); i++) {
      replay.perform(i, worker);
    }
    RecordedInterval second = again.drain();
    assertThat(second.failureMessages()).isEmpty();
    assertThat(counts(second)).isEqualTo(counts(mix.recorder.drain()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "read|../f|,\"size\":5,\"length\":5|line 3: '../f' is not a path",
        "read|/f|,\"size\":5,\"length\":5|line 3: '/f' is not a path",
        "read|a/./f|,\"size\":5,\"length\":5|line 3: 'a/./f' is not a path",
        "read|f|,\"size\":9,\"length\":9|line 3: 'f' has 9 bytes where it had 5",
        "read-range|f|,\"size\":5,\"offset\":3,\"length\":3|line 3: 3 bytes from 3 of 5",
        "append|f|,\"size\":5,\"length\":6|line 3: an append of 6 bytes to a file of 5",
        "stat|g|,\"size\":9000000000|line 3: a file of 9000000000 bytes; accepted: up to 8GB",
        "frobnicate|f||line 3: key 'op': \"frobnicate\": accepted: create, write"
      })
  void whatCannotBeIsRefusedWithItsLine(String operation, String path, String more, String message)
      throws IOException {
    Path file =
        lines(
            line(1, "write", "f", ",\"size\":5,\"length\":5"),
            line(2, operation, path, more == null ? "" : more));
    assertThatThrownBy(() -> ReplayPlan.read("--trace t", file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--trace t: " + message);
  }

  @Test
  void aTraceThatIsNoneIsRefusedInOneLine() throws IOException {
    Path file = directory.resolve("foreign");
    Files.writeString(file, "key,value\n1,2\n");
    assertThatThrownBy(() -> ReplayPlan.read("--trace foreign", file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageStartingWith("--trace foreign: line 1: not JSON");
    Files.writeString(file, HEADER + "\n");
    assertThatThrownBy(() -> ReplayPlan.read("--trace foreign", file))
        .hasMessage("--trace foreign: line 1: no operation follows the header");
    Files.writeString(file, HEADER + "\n" + line(1, "list", "z", "") + "\n{\"t\":1,\"c");
    assertThatThrownBy(() -> ReplayPlan.read("--trace foreign", file))
        .hasMessage(
            "--trace foreign: line 3 is cut short, as by the end of the run that wrote it;"
                + " remove that line to replay what is before it");
    assertThatThrownBy(() -> ReplayPlan.read("--trace none", directory.resolve("none")))
        .hasMessage("--trace none: there is no such file");
  }
}
