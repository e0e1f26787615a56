package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.jmh.BenchmarkTrial;
import io.mooseng.bench.core.jmh.SessionException;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What many clients write: where, what it holds, and what is left of it. */
@Timeout(60)
class WritingClientsTest {

  private static final int CLIENTS = 5;

  private static BenchmarkTrial trial(String uri, int clients, int inFlight, String size) {
    return BenchmarkTrial.against(
        uri,
        ClientsBenchmark.class,
        "write",
        Map.of("clients", "" + clients, "inFlight", "" + inFlight, "size", size));
  }

  private static void assertNothingIsLeft() {
    assertThat(WatchedFiles.left()).isEmpty();
  }

  @Test
  void eachClientWritesFilesOfItsOwnInADirectoryOfItsOwn() {
    try (BenchmarkTrial trial = trial(WatchedFiles.URI, CLIENTS, 3, "4KB")) {
      WatchedFiles.meet(3 * CLIENTS);
      assertThat(trial.iterate(300).successes()).isEqualTo(300);
      WatchedFiles.meet(3 * CLIENTS);
      assertThat(trial.iterate(200).successes()).isEqualTo(200);
    }
    assertNothingIsLeft();
    List<WatchedFiles.Written> written = WatchedFiles.written();
    assertThat(written).hasSize(500);
    assertThat(written.stream().map(file -> List.of(file.parent(), file.name())))
        .doesNotHaveDuplicates();
    Map<Integer, List<WatchedFiles.Written>> byClient =
        written.stream().collect(Collectors.groupingBy(WatchedFiles.Written::client));
    assertThat(byClient.keySet()).as("0 is the session").doesNotContain(0).hasSize(CLIENTS);
    byClient.forEach(
        (client, files) -> {
          assertThat(files.stream().map(WatchedFiles.Written::parent).distinct())
              .as("one directory for each iteration")
              .hasSize(2);
          assertThat(files.stream().map(WatchedFiles.Written::contentCrc).distinct()).hasSize(1);
        });
    assertThat(written.stream().map(WatchedFiles.Written::parent).distinct()).hasSize(2 * CLIENTS);
    assertThat(written.stream().map(WatchedFiles.Written::contentCrc).distinct())
        .as("nobody's file is like another's")
        .hasSize(CLIENTS);
  }

  @Test
  void clientsAreClosedBeforeTheSession() {
    try (BenchmarkTrial trial = trial(WatchedFiles.URI, CLIENTS, 1, "4KB")) {
      trial.iterate(20);
    }
    assertThat(WatchedFiles.closed())
        .containsExactlyInAnyOrderElementsOf(IntStream.rangeClosed(0, CLIENTS).boxed().toList())
        .endsWith(0);
  }

  @Test
  void failuresAreCountedAndTheRestGoesOn() {
    try (BenchmarkTrial trial = trial(WatchedFiles.FAILING_URI, CLIENTS, 2, "4KB")) {
      RecordedInterval interval = trial.iterate(200);
      assertThat(interval.failures()).isEqualTo(Map.of(FailureKind.UNAVAILABLE, 100L));
      assertThat(interval.successes()).isEqualTo(100);
      assertThat(interval.values().get(Quantity.FAIRNESS)).isBetween(1.0 / CLIENTS, 1.0);
    }
    assertNothingIsLeft();
  }

  /** A write that was acknowledged and not stored is no success, whatever the target said. */
  @Test
  void whatWasNotStoredIsFoundOut() {
    try (BenchmarkTrial trial = trial(WatchedFiles.LYING_URI, CLIENTS, 1, "4KB")) {
      assertThatThrownBy(() -> trial.iterate(20))
          .isInstanceOfSatisfying(
              SessionException.class, e -> assertThat(e.kind()).isEqualTo(FailureKind.CORRUPT))
          .hasMessageStartingWith("latest file of client ")
          .hasMessageContaining("2048");
    }
    assertNothingIsLeft();
  }

  /** That others cannot be asked, or nothing removed, must not hide what was lost. */
  @Test
  void whatWasNotStoredComesBeforeOtherFailures() {
    try (BenchmarkTrial trial = trial(WatchedFiles.DEFECTIVE_URI, CLIENTS, 1, "4KB")) {
      WatchedFiles.meet(CLIENTS);
      assertThatThrownBy(() -> trial.iterate(100))
          .hasMessageStartingWith("latest file of client ")
          .isInstanceOfSatisfying(
              SessionException.class,
              e -> {
                assertThat(e.kind()).isEqualTo(FailureKind.CORRUPT);
                assertThat(e.getSuppressed()).hasSize(1);
                assertThat(e.getSuppressed()[0]).hasMessageStartingWith("clean-up failed: ");
              });
    }
    assertThat(WatchedFiles.left()).as("for the run to remove").hasSize(1);
  }

  @Test
  void emptyFilesAreFilesToo() {
    try (BenchmarkTrial trial = trial(WatchedFiles.URI, CLIENTS, 1, "0B")) {
      assertThat(trial.iterate(50).successes()).isEqualTo(50);
    }
  }

  @Test
  void aFileSystemIsLeftAsItWas(@TempDir Path directory) throws IOException {
    Files.writeString(directory.resolve("thesis"), "years of work");
    try (BenchmarkTrial trial = trial(directory.toUri().toString(), CLIENTS, 2, "4KB")) {
      RecordedInterval interval = trial.iterate(100);
      assertThat(interval.failureMessages()).isEmpty();
      assertThat(interval.successes()).isEqualTo(100);
      assertThat(interval.bytes()).isEqualTo(100 * 4096);
      assertThat(interval.values().get(Quantity.CONCURRENCY)).isBetween(0.0, 2.0 * CLIENTS);
    }
    try (Stream<Path> left = Files.walk(directory)) {
      assertThat(left).containsExactlyInAnyOrder(directory, directory.resolve("thesis"));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1, 4096, 200000",
    "500, 1, 4096, 400",
    "1, 1, 0, 200000",
    "8, 2, 104857600, 2",
    "5, 2, 104857600, 2",
    "5, 1, 104857600, 2",
    "500, 1, 104857600, 1",
    "500, 3, 104857600, 3"
  })
  void allHaveAGigabyteOrWhatIsUnderWay(int clients, int inFlight, long size, int expected) {
    assertThat(WritingClients.mostFilesOfEach(clients, inFlight, size)).isEqualTo(expected);
  }
}
