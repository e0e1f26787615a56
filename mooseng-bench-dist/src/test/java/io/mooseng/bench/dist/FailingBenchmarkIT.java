package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.mooseng.bench.dist.fixture.ThrowingFixtureBenchmark;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a run in which something fails. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FailingBenchmarkIT {

  @TempDir Path directory;

  @Test
  void aBenchmarkThatThrowsFailsAloneAndIsInTheResults() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.withFixtures(directory);

    JarRun run = jar.runBriefly("ThrowingFixtureBenchmark").exited(1).withoutStackTrace();

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows()).hasSize(3);
    assertThat(files.row("ThrowingFixtureBenchmark.before").path("status").asText())
        .isEqualTo("ok");
    assertThat(files.row("ThrowingFixtureBenchmark.after").path("status").asText()).isEqualTo("ok");
    JsonNode broken = files.row("ThrowingFixtureBenchmark.breaks");
    assertThat(broken.path("status").asText()).isEqualTo("failed");
    assertThat(broken.path("failure").path("kind").asText()).isEqualTo("internal");
    assertThat(broken.path("failure").path("message").asText())
        .contains(ThrowingFixtureBenchmark.MESSAGE);
    assertThat(run.stdout()).contains("FAILED");
  }

  @Test
  void failOnErrorEndsTheRunAtTheFirstFailure() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.withFixtures(directory);

    jar.runBriefly("ThrowingFixtureBenchmark.(breaks|before|after)", "-foe", "true").exited(1);

    JsonNode broken =
        RunFiles.onlyOneIn(jar.results()).row("ThrowingFixtureBenchmark.breaks").path("status");
    assertThat(broken.asText()).isEqualTo("failed");
  }

  /** A program that is no JVM: JMH throws where it should fail. */
  @Test
  void aJvmThatCannotRunFailsEveryRowAndTheRunEnds() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.withFixtures(directory);

    jar.runBriefly("ThrowingFixtureBenchmark.(before|after)", "-jvm", "false")
        .exited(1)
        .withoutStackTrace();

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.run().path("status").asText()).isEqualTo("failed");
    assertThat(files.rows())
        .hasSize(2)
        .allMatch(row -> row.path("failure").path("message").asText().contains("JMH threw"));
  }

  @Test
  void aForkThatCannotStartSaysWhyInTheJvmsOwnWords() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.withFixtures(directory);

    jar.runBriefly("ThrowingFixtureBenchmark.before", "-jvmArgs", "-XX:+Nonsense").exited(1);

    JsonNode failure = RunFiles.onlyOneIn(jar.results()).onlyRow().path("failure");
    assertThat(failure.path("message").asText())
        .isEqualTo("Forked VM failed with exit code 1: Unrecognized VM option 'Nonsense'");
  }

  /** The file is written in set-up and read all the time, so it is damaged between two reads. */
  @Test
  void aCorruptedChunkIsReportedAsCorrupt() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory);
    Path store = directory.resolve("store");
    String[] arguments = {
      "FileReadBenchmark",
      "-p",
      "size=1MB",
      "-f",
      "1",
      "-wi",
      "0",
      "-i",
      "1",
      "-r",
      "5s",
      "--store",
      store.toString()
    };

    try (RunningJar running = jar.start(arguments)) {
      Await.until("a chunk on disk", () -> !running.isAlive() || largeFile(store).isPresent());
      damage(largeFile(store).orElseThrow(() -> new AssertionError("the run ended early")));
      running.await().exited(1).withoutStackTrace();
    }

    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    assertThat(row.path("status").asText()).isEqualTo("failed");
    assertThat(row.path("failure").path("kind").asText()).isEqualTo("corrupt");
    assertThat(row.path("metrics").path("errors.corrupt").path("value").asLong()).isPositive();
  }

  private static Optional<Path> largeFile(Path store) throws IOException {
    if (!Files.isDirectory(store)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.walk(store)) {
      return files
          .filter(file -> !file.toString().contains("incoming"))
          .filter(file -> file.toFile().isFile() && file.toFile().length() >= 1 << 20)
          .findFirst();
    } catch (java.io.UncheckedIOException e) {
      return Optional.empty(); // a file went away while the server was moving it
    }
  }

  private static void damage(Path file) throws IOException {
    try (RandomAccessFile data = new RandomAccessFile(file.toFile(), "rw")) {
      long middle = data.length() / 2;
      data.seek(middle);
      int was = data.read();
      data.seek(middle);
      data.write(was ^ 1);
    }
  }
}
