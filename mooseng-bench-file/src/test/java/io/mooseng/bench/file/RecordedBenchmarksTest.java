package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.config.WorkloadSettings;
import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import io.mooseng.bench.core.workload.trace.TraceReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operations of every benchmark of files are written down, and done again by a replay. */
@Timeout(240)
class RecordedBenchmarksTest {

  private static final int CALLS = 6;

  @TempDir private Path directory;
  private MooseNgServer server;

  @BeforeEach
  void start() throws IOException {
    server =
        MooseNgServer.start(
            ServerSettings.inDirectory(Files.createDirectory(directory.resolve("store"))));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private String uri() {
    return "mooseng://127.0.0.1:" + server.port();
  }

  /** A benchmark, its parameters, and what a call of it consists of. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "FileReadBenchmark.read | size=4KB | read=1",
        "FileWriteBenchmark.write | size=4KB | write=1",
        "AppendBenchmark.append | blockSize=4KB | append=1",
        "BlockBenchmark.readAtRandom | fileSize=1MB,blockSize=4KB | read-range=1",
        "BlockBenchmark.overwriteSequentially | fileSize=1MB,blockSize=4KB | overwrite=1",
        "ChunkBoundaryBenchmark.read | position=across,blockSize=4KB | read-range=1",
        "MetadataBenchmark.create | | create=1",
        "MetadataBenchmark.stat | | stat=1",
        "MetadataBenchmark.list | | list=1",
        "MetadataBenchmark.rename | | rename=1",
        "MetadataBenchmark.renameAcross | | rename=1",
        "MetadataBenchmark.delete | | delete=1",
        "PathBenchmark.statPath | depth=3 | stat-path=1",
        "PathBenchmark.statMissing | depth=3 | stat-missing=1",
        "DirectoryListingBenchmark.listAll | entries=25,pageEntries=10 | list=1",
        "TreeWalkBenchmark.walk | files=30 | list=9",
        "LifeCycleBenchmark.cycle | size=4KB | write=1,read=2,overwrite=1,delete=1",
        "AtomicPublishBenchmark.publish | size=4KB | write=1,read=1,rename=1",
        "RenameRaceBenchmark.race | contenders=4 | rename=1",
        "MultiFileCommitBenchmark.commit | files=2 | write=3,rename=1",
        "ConcurrencyBenchmark.read | inFlight=3 | read=1",
        "ConcurrencyBenchmark.stat | inFlight=3 | stat=1",
        "ClientsBenchmark.read | clients=3 | read=1",
        "ClientsBenchmark.write | clients=3,inFlight=2 | write=1",
      })
  void isDoneAgain(String benchmark, String parameters, String perCall) throws Exception {
    Path trace = directory.resolve("trace.jsonl");
    RecordedInterval recorded = recorded(benchmark, map(parameters), CALLS, trace);
    assertThat(recorded.failureMessages()).isEmpty();
    Map<String, Long> expected = new TreeMap<>();
    map(perCall).forEach((kind, count) -> expected.put(kind, CALLS * Long.parseLong(count)));
    assertDoneAgain(trace, benchmark, expected, recorded);
  }

  @ParameterizedTest
  @CsvSource({"read, read", "stat, stat", "write, write"})
  void aScheduleIsDoneAgain(String method, String kind) throws Exception {
    Path trace = directory.resolve("trace.jsonl");
    RecordedInterval recorded =
        recorded(
            "OpenLoopBenchmark." + method, Map.of("rate", "200/s", "duration", "300ms"), 1, trace);
    assertThat(recorded.failureMessages()).isEmpty();
    assertDoneAgain(
        trace, "OpenLoopBenchmark." + method, Map.of(kind, recorded.successes()), recorded);
  }

  private static Map<String, String> map(String text) {
    return text == null
        ? Map.of()
        : Arrays.stream(text.split(","))
            .map(part -> part.split("="))
            .collect(Collectors.toMap(part -> part[0], part -> part[1]));
  }

  private RecordedInterval recorded(
      String benchmark, Map<String, String> parameters, int calls, Path trace) throws Exception {
    String[] names = benchmark.split("\\.");
    Class<?> type = Class.forName(getClass().getPackageName() + "." + names[0]);
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            uri(), type, names[1], parameters, WorkloadSettings.NONE, Optional.of(trace))) {
      return trial.iterate(calls);
    }
  }

  private void assertDoneAgain(
      Path trace, String benchmark, Map<String, Long> expected, RecordedInterval recorded)
      throws IOException {
    try (TraceReader reader = TraceReader.open("trace", trace)) {
      assertThat(reader.header().workload()).isEqualTo(benchmark);
    }
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            uri(),
            ReplayBenchmark.class,
            "replay",
            Map.of("pace", "asap"),
            new WorkloadSettings(Optional.empty(), false, Optional.of(trace)),
            Optional.empty())) {
      RecordedInterval again = trial.iterate(1);
      assertThat(again.failureMessages()).isEmpty();
      assertThat(MixBenchmarkTest.counts(again)).isEqualTo(expected);
      assertThat(again.values().get(Quantity.ABORTED))
          .isEqualTo(recorded.values().get(Quantity.ABORTED));
    }
  }
}
