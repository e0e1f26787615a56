package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What benchmarks make of a target that changed something and did not say so in time. */
@Timeout(60)
class UncertainChangesTest {

  private static final int OPERATIONS = 10 * UncertainFiles.TURN;

  /** In one of them at least, two clients want the same number. */
  private static final int ROUNDS = 200;

  static Stream<Arguments> changes() {
    return Stream.of(
        Arguments.of(AppendBenchmark.class, "append", Map.of("blockSize", "4KB")),
        Arguments.of(
            BlockBenchmark.class,
            "overwriteAtRandom",
            Map.of("blockSize", "4KB", "fileSize", "4MB")),
        Arguments.of(
            ChunkBoundaryBenchmark.class,
            "overwrite",
            Map.of("blockSize", "4KB", "position", "across")),
        Arguments.of(MultiFileCommitBenchmark.class, "commit", Map.of("files", "1")));
  }

  /** Each iteration is verified at its end, which would end the trial. */
  @ParameterizedTest
  @MethodSource("changes")
  void timeoutsAreTimeoutsAndNoWrongData(
      Class<?> benchmark, String method, Map<String, String> parameters) {
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(UncertainFiles.URI, benchmark, method, parameters)) {
      for (int iteration = 0; iteration < 2; iteration++) {
        // A commit that finds its number taken changes nothing, so that their turns are longer.
        RecordedInterval interval = trial.iterate(OPERATIONS);
        assertThat(interval.failures()).containsOnlyKeys(FailureKind.TIMEOUT);
        assertThat(interval.successes()).isPositive();
      }
    }
  }

  @Test
  void aNumberGivenToTwoClientsIsWrongData() {
    try (BenchmarkTrial trial =
        BenchmarkTrial.against(
            UncertainFiles.REPLACING_URI, ContendedCommits.class, "commit", Map.of("files", "1"))) {
      assertThatThrownBy(() -> trial.iterate(ROUNDS))
          .hasStackTraceContaining("were given to a client that another one had already");
    }
  }
}
