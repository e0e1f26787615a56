package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.WorkloadSettings;
import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.jmh.SessionException;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.core.workload.trace.TraceReader;
import io.mooseng.bench.core.workload.trace.TracedOperation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mix that was recorded is performed again through the real server. */
@Timeout(240)
class ReplayBenchmarkTest {

  private static final int CALLS = 200;

  @TempDir private Path directory;
  private MooseNgServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        MooseNgServer.start(
            ServerSettings.inDirectory(Files.createDirectory(directory.resolve("store"))));
  }

  @AfterEach
  void leavesNothingBehind() throws Exception {
    try (TargetDriver driver = Targets.open(uri(), TargetOptions.defaults())) {
      assertThat(driver.list(driver.root(), 0, 10, new OperationTrace()).names())
          .as("left behind on the server")
          .isEmpty();
    } finally {
      server.close();
    }
  }

  private String uri() {
    return "mooseng://127.0.0.1:" + server.port();
  }

  @ParameterizedTest
  @ValueSource(strings = {"recorded", "asap"})
  void performsEveryOperationOfTheTrace(String pace) {
    Path trace = directory.resolve("trace.jsonl");
    Map<String, Long> recorded;
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            uri(),
            MixBenchmark.class,
            "perform",
            Map.of("workload", "metadata-heavy", "population", "256KB"),
            WorkloadSettings.NONE,
            Optional.of(trace))) {
      recorded = MixBenchmarkTest.counts(trial.iterate(CALLS));
    }
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            uri(),
            ReplayBenchmark.class,
            "replay",
            Map.of("pace", pace),
            new WorkloadSettings(Optional.empty(), false, Optional.of(trace)),
            Optional.empty())) {
      for (int iteration = 0; iteration < 2; iteration++) {
        RecordedInterval interval = trial.iterate(1);
        assertThat(interval.failureMessages()).isEmpty();
        assertThat(MixBenchmarkTest.counts(interval)).isEqualTo(recorded);
        boolean scheduled = pace.equals("recorded");
        assertThat(interval.seriesNanos().containsKey("response")).isEqualTo(scheduled);
        assertThat(interval.values().get(Quantity.DROPPED)).isEqualTo(scheduled ? 0.0 : null);
      }
    }
  }

  /**
   * A replay is recorded with the starts that its operations were to have: those of the trace, to
   * the nanosecond, whenever they came.
   */
  @Test
  void thePaceRecordedIsThatOfTheTrace() throws IOException {
    long[] starts = {0, 1, 1, 40_000_007, 41_999_999, 42_000_000, 150_000_003};
    StringBuilder lines =
        new StringBuilder(
            "{\"trace\":1,\"workload\":\"x\",\"seed\":1,\"clients\":2,"
                + "\"started\":\"2026-01-31T12:00:00Z\"}\n");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < starts.length; i++) {
      lines.append(
          "{\"t\":%d,\"c\":%d,\"op\":\"stat\",\"path\":\"f%d\",\"outcome\":\"ok\",\"ns\":5}\n"
              .formatted(7_000_000 + starts[i], i % 2, i));
      expected.add("f" + i + " at " + starts[i]);
    }
    Path trace = Files.writeString(directory.resolve("by-hand.jsonl"), lines);
    Path again = directory.resolve("again.jsonl");
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            uri(),
            ReplayBenchmark.class,
            "replay",
            Map.of("pace", "recorded"),
            new WorkloadSettings(Optional.empty(), false, Optional.of(trace)),
            Optional.of(again))) {
      assertThat(trial.iterate(1).successes()).isEqualTo(starts.length);
    }
    assertThat(startsIn(again)).containsExactlyInAnyOrderElementsOf(expected);
  }

  /** Names of files, and when their operations were to start, from the first of all. */
  private static List<String> startsIn(Path trace) throws IOException {
    List<TracedOperation> operations = new ArrayList<>();
    try (TraceReader reader = TraceReader.open("replayed", trace)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        operations.add(next.get());
      }
    }
    long first = operations.stream().mapToLong(TracedOperation::startNanos).min().orElseThrow();
    return operations.stream()
        .map(
            operation ->
                Path.of(operation.path()).getFileName() + " at " + (operation.startNanos() - first))
        .toList();
  }

  @Test
  void withoutATraceThereIsNothingToReplay() {
    assertThatThrownBy(
            () -> BenchmarkTrial.against("memory:/", ReplayBenchmark.class, "replay", Map.of()))
        .isInstanceOf(SessionException.class)
        .hasMessage("no trace to replay: --trace FILE");
  }
}
