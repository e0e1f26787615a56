package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the jar lists. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ListingIT {

  @TempDir Path directory;

  /** A module whose benchmarks got lost while shading leaves everything green but this. */
  @Test
  void listsExactlyTheBenchmarksOfTheGoldenFile() throws IOException, InterruptedException {
    JarRun run = BenchmarksJar.in(directory).run("-l").exited(0);

    assertThat(run.stdout()).isEqualTo(golden("listing.txt"));
    assertThat(run.stderr()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-l", "-lp", "-lprof", "-lrf"})
  void listsAsJmhDoes(String option) throws IOException, InterruptedException {
    JarRun ours = BenchmarksJar.in(directory.resolve("ours")).run(option).exited(0);
    JarRun jmhs = BenchmarksJar.jmhAlone(directory.resolve("jmhs")).run(option).exited(0);

    assertThat(ours.stdout().lines())
        .containsExactlyInAnyOrderElementsOf(jmhs.stdout().lines().toList());
  }

  @Test
  void listsOnlyWhatMatches() throws IOException, InterruptedException {
    JarRun run = BenchmarksJar.in(directory).run("-l", "FileRead").exited(0);

    assertThat(run.stdout().lines().skip(1))
        .containsExactly("io.mooseng.bench.file.FileReadBenchmark.read");
  }

  @Test
  void aCommandsNameAfterRunIsARegularExpression() throws IOException, InterruptedException {
    JarRun run = BenchmarksJar.in(directory).run("run", "-l", "serve").exited(0);

    assertThat(run.stdout().lines().skip(1)).isEmpty();
  }

  @Test
  void helpShowsJmhsOptionsAndOurs() throws IOException, InterruptedException {
    JarRun run = BenchmarksJar.in(directory).run("-h").exited(0);

    assertThat(run.stdout()).contains("-jvmArgsAppend", "-wi <", "--target", "--profile", "--mode");
  }

  private static String golden(String name) throws IOException {
    try (var in = ListingIT.class.getResourceAsStream("/golden/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
