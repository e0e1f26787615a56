package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.config.WorkloadSettings;
import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import io.mooseng.bench.core.workload.mix.OperationStream;
import io.mooseng.bench.core.workload.mix.PlannedOperation;
import io.mooseng.bench.core.workload.mix.WorkloadPlan;
import io.mooseng.bench.core.workload.mix.Workloads;
import io.mooseng.bench.core.workload.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Mixes through the real server: the operations planned are the operations recorded. */
@Timeout(240)
class MixBenchmarkTest {

  private static final int CALLS = 60;
  private static final String OP = "op.";

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

  static Map<String, Long> counts(RecordedInterval interval) {
    Map<String, Long> counts = new TreeMap<>();
    interval
        .seriesNanos()
        .forEach(
            (name, histogram) -> {
              if (name.startsWith(OP)) {
                counts.put(name.substring(OP.length()), histogram.getTotalCount());
              }
            });
    return counts;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "web-home",
        "ci-cache",
        "media-ingest",
        "ml-training-read",
        "log-append",
        "object-store",
        "metadata-heavy"
      })
  void performsWhatIsPlanned(String workload) {
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            uri(),
            MixBenchmark.class,
            "perform",
            Map.of("workload", workload, "population", "1MB"))) {
      RecordedInterval interval = trial.iterate(CALLS);
      assertThat(interval.failureMessages()).isEmpty();
      assertThat(interval.successes()).isEqualTo(CALLS);
      assertThat(counts(interval).values().stream().mapToLong(Long::longValue).sum())
          .isEqualTo(CALLS);
      assertThat(interval.values())
          .containsKeys(Quantity.FALLBACKS, Quantity.DISPLACED)
          .containsEntry(Quantity.LOST_FILES, 0.0);
    }
  }

  @Test
  void aWorkloadOfTheUsersOwnIsRecorded() throws IOException {
    Path own = directory.resolve("own.yaml");
    Files.writeString(
        own,
        """
        my-mail:
          description: a test
          source: a test
          operations: {read: 5, append: 3, write: 1, stat: 1}
          sizes: {fixed: 5000B}
          popularity: uniform
          range: 1KB
          population: {files: 20, files-per-directory: 10, depth: 1}
        """);
    Path recorded = directory.resolve("trace.jsonl");
    Map<String, Long> counts;
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            uri(),
            MixBenchmark.class,
            "perform",
            Map.of("workload", "my-mail"),
            new WorkloadSettings(Optional.of(own), true, Optional.empty()),
            Optional.of(recorded))) {
      RecordedInterval interval = trial.iterate(CALLS);
      assertThat(interval.failureMessages()).isEmpty();
      counts = counts(interval);
    }
    assertThat(counts).containsOnlyKeys("read", "append", "write", "stat");
    Map<String, Long> planned = new TreeMap<>();
    OperationStream stream =
        new WorkloadPlan(Workloads.load(Optional.of(own)).named("my-mail"), 1, 1).stream(0);
    for (int i = 0; i < CALLS; i++) {
      PlannedOperation operation = stream.next();
      planned.merge(operation.operation().label(), 1L, Long::sum);
      stream.succeeded(operation);
    }
    assertThat(counts).isEqualTo(planned);
    Map<String, Long> traced = new TreeMap<>();
    try (TraceReader reader = TraceReader.open("trace", recorded)) {
      assertThat(reader.header().workload()).isEqualTo("my-mail");
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        traced.merge(next.get().operation().label(), 1L, Long::sum);
      }
    }
    assertThat(traced).isEqualTo(planned);
  }
}
