package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.server.MooseNgServer;
import io.mooseng.bench.core.server.settings.ServerSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Operations on real targets: their stages add up to their latency. */
@Timeout(120)
class StagesTest {

  private static final int MOST_ITERATIONS = 40;
  private static final int CALLS = 20;

  /**
   * So that what lies between two readings of a clock is compiled: an append takes microseconds.
   */
  private static final int WARM_UP_CALLS = 3_000;

  @TempDir private Path directory;

  /**
   * Iterations until one has no gap: a thread that loses its processor between two readings of a
   * clock leaves one in some, code that nobody found the time to compile in the first, and a driver
   * that leaves one does so in all.
   */
  private static RecordedInterval covered(
      String uri, Class<?> benchmark, String method, int warmUpCalls) {
    List<Double> coverage = new ArrayList<>();
    try (BenchmarkTrial trial = BenchmarkTrial.against(uri, benchmark, method, Map.of())) {
      RecordedInterval last = trial.iterate(warmUpCalls);
      do {
        last = trial.iterate(CALLS);
        assertThat(last.failureMessages()).isEmpty();
        coverage.add(last.values().get(Quantity.STAGE_COVERAGE));
      } while (coverage.size() < MOST_ITERATIONS
          && !isWithoutGap(coverage.get(coverage.size() - 1)));
      assertThat(coverage)
          .as("sum of the stages / latency of %s.%s", benchmark.getSimpleName(), method)
          .anyMatch(StagesTest::isWithoutGap);
      return last;
    }
  }

  private static boolean isWithoutGap(double coverage) {
    return coverage >= 0.95 && coverage <= 1.05;
  }

  /** The stages of a row, without what is only there sometimes. */
  private static Set<String> stages(RecordedInterval interval) {
    Set<String> names = new TreeSet<>(interval.seriesNanos().keySet());
    names.remove("stage.queue");
    return names;
  }

  private static Class<?> benchmark(String name) throws ClassNotFoundException {
    return Class.forName(StagesTest.class.getPackageName() + "." + name + "Benchmark");
  }

  @ParameterizedTest
  @CsvSource({
    "FileRead, read, close first-byte master-rpc transfer verify",
    "FileWrite, write, close master-rpc transfer",
    "Append, append, close master-rpc transfer",
    "LifeCycle, cycle, close first-byte master-rpc transfer verify",
    "Metadata, create, close master-rpc",
    "Metadata, stat, close master-rpc",
    "Metadata, list, close master-rpc",
    "Path, statPath, close master-rpc",
    "Path, statMissing, close master-rpc",
    "RenameRace, race, close master-rpc",
    "Clients, write, close master-rpc transfer",
    "Concurrency, stat, master-rpc",
    "Concurrency, read, close first-byte master-rpc transfer verify"
  })
  void ofMooseNgWithoutAGap(String name, String method, String stages) throws Exception {
    try (MooseNgServer server = MooseNgServer.start(ServerSettings.inDirectory(directory))) {
      RecordedInterval interval =
          covered("mooseng://" + server.address(), benchmark(name), method, CALLS);
      assertThat(stages(interval)).isEqualTo(named(stages));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "FileRead, read, close first-byte metadata transfer verify",
    "FileWrite, write, close metadata transfer",
    "Append, append, close metadata transfer",
    "Block, overwriteAtRandom, close metadata transfer",
    "Metadata, create, metadata",
    "Metadata, list, metadata",
    "Path, statMissing, metadata",
    "RenameRace, race, close metadata"
  })
  void ofAFileSystemWithoutAGap(String name, String method, String stages) throws Exception {
    RecordedInterval interval =
        covered(directory.toUri().toString(), benchmark(name), method, WARM_UP_CALLS);
    assertThat(stages(interval)).isEqualTo(named(stages));
  }

  private static Set<String> named(String stages) {
    Set<String> names = new TreeSet<>();
    for (String stage : stages.split(" ")) {
      names.add("stage." + stage);
    }
    return names;
  }

  @Test
  void theControlHasNone() {
    try (BenchmarkTrial trial =
        BenchmarkTrial.against("memory:/", MetadataBenchmark.class, "stat", Map.of())) {
      RecordedInterval interval = trial.iterate(CALLS);
      assertThat(interval.seriesNanos()).isEmpty();
      assertThat(interval.values()).doesNotContainKey(Quantity.STAGE_COVERAGE);
    }
  }
}
