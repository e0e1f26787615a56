package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run leaves on its target, however it ends: what was there before, and nothing else. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class TargetDataIT {

  private static final String[] LONG_RUN = {
    "FileWriteBenchmark", "-p", "size=64KB", "-f", "1", "-wi", "0", "-i", "1", "-r", "300s"
  };

  private static final String[] SHORT_RUN = {"FileWriteBenchmark", "-p", "size=64KB"};

  private static final Pattern WRITTEN = Pattern.compile(".*/writes-[^/]+/f\\d+");

  @TempDir Path directory;

  private BenchmarksJar jar;
  private Path target;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
    target = Files.createDirectory(directory.resolve("files"));
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.of(arguments, more).flatMap(Stream::of).toArray(String[]::new);
  }

  private void putFilesOfTheUser() throws IOException {
    Files.writeString(target.resolve("thesis"), "years of work");
    for (String name :
        List.of("mooseng-bench-20260101T000000Z-mine", "mooseng-bench-old", "mooseng-bench-")) {
      Path similar = Files.createDirectories(target.resolve(name).resolve("trial"));
      Files.writeString(similar.resolve("f0"), name);
    }
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> paths = Files.walk(target)) {
      for (Path path : paths.toList()) {
        // Payload is random bytes: every byte is a character of ISO 8859-1, and none is lost.
        found.put(
            path.toString(),
            Files.isRegularFile(path)
                ? new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1)
                : "");
      }
    }
    return found;
  }

  /** While it writes, everything of a run is in one directory beside what was there. */
  private Path awaitRunDirectory(Map<String, String> before) throws InterruptedException {
    Await.until("files of the run", () -> filesOfRun(before) > 0);
    try (Stream<Path> entries = Files.list(target)) {
      List<Path> made = entries.filter(path -> !before.containsKey(path.toString())).toList();
      assertThat(made).hasSize(1);
      assertThat(made.get(0).getFileName().toString())
          .matches("mooseng-bench-\\d{8}T\\d{6}Z-[0-9a-f]{6}");
      assertThat(made.get(0).resolve(".mooseng-bench-run.json")).isNotEmptyFile();
      return made.get(0);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private long filesOfRun(Map<String, String> before) throws IOException {
    try (Stream<Path> paths = Files.walk(target, 4)) {
      return paths
          .filter(path -> !before.containsKey(path.toString()))
          .filter(path -> path.getFileName().toString().matches("f\\d+"))
          .count();
    } catch (java.io.UncheckedIOException e) {
      return 0; // a file was deleted meanwhile
    }
  }

  @Test
  void ctrlCLeavesADirectoryAsItWas() throws IOException, InterruptedException {
    putFilesOfTheUser();
    Map<String, String> before = contents();

    try (RunningJar running = jar.start(with(LONG_RUN, "--target", target.toUri().toString()))) {
      awaitRunDirectory(before);
      running.interrupt();
      JarRun run = running.await();
      run.withoutStackTrace().withoutLeavings();
      assertThat(run.stderr()).contains("interrupted");
      MarkedProcesses.awaitNone(jar.mark());
    }

    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void theNextRunRemovesWhatAKilledOneLeftInADirectory() throws IOException, InterruptedException {
    putFilesOfTheUser();
    Map<String, String> before = contents();
    Path left;
    try (RunningJar running = jar.start(with(LONG_RUN, "--target", target.toUri().toString()))) {
      left = awaitRunDirectory(before);
      running.kill();
      MarkedProcesses.awaitNone(jar.mark());
    }
    assertThat(left).exists();

    JarRun next = jar.runBriefly(with(SHORT_RUN, "--target", target.toUri().toString())).exited(0);

    assertThat(next.errorLines())
        .filteredOn(line -> line.contains(left.getFileName().toString()))
        .singleElement()
        .asString()
        .startsWith("removed what a killed run left on file:");
    assertThat(contents()).isEqualTo(before);
  }

  @Test
  void whatIsKeptIsSaidAndStays() throws IOException, InterruptedException {
    JarRun run =
        jar.runBriefly(
                "FileReadBenchmark|FileWriteBenchmark",
                "-p",
                "size=1KB",
                "-p",
                "fsync=off",
                "--keep",
                "--target",
                target.toUri().toString())
            .exited(0);

    String name = only(Files.list(target).toList()).getFileName().toString();
    assertThat(run.stdout()).contains("Kept: " + name + " on " + target.toUri());
    Map<String, String> kept = contents();
    assertThat(kept.keySet()).as("the file that was read").anyMatch(path -> path.endsWith("/read"));
    assertThat(kept.keySet()).as("a file that was written").anyMatch(WRITTEN.asMatchPredicate());

    jar.runBriefly(with(SHORT_RUN, "--target", target.toUri().toString())).exited(0);

    assertThat(contents()).as("after another run").isEqualTo(kept);
  }

  private static <T> T only(List<T> list) {
    assertThat(list).hasSize(1);
    return list.get(0);
  }

  @Test
  void aServerIsLeftAsItWasHoweverTheRunEnds() throws Exception {
    BenchmarksJar elsewhere = BenchmarksJar.in(directory.resolve("server"));
    try (RunningJar server = elsewhere.start("serve", "--port", "0", "--store", "memory")) {
      String uri = server.awaitLine("listening on ");
      jar.runBriefly(with(SHORT_RUN, "--target", uri)).exited(0);
      assertThat(TargetNames.of(uri)).as("after a whole run").isEmpty();

      try (RunningJar running = jar.start(with(LONG_RUN, "--target", uri))) {
        Await.until("the run's directory", () -> namesOf(uri).size() == 1);
        running.interrupt();
        running.await().withoutStackTrace();
      }
      assertThat(TargetNames.of(uri)).as("after Ctrl-C").isEmpty();

      try (RunningJar running = jar.start(with(LONG_RUN, "--target", uri))) {
        // The directory is there a moment before its marker; with a fork, both are.
        Await.until("a fork", () -> !MarkedProcesses.of(jar.mark(), "ForkedMain").isEmpty());
        running.kill();
        MarkedProcesses.awaitNone(jar.mark());
      }
      assertThat(TargetNames.of(uri)).as("after kill -9").hasSize(1);
      JarRun next = jar.runBriefly(with(SHORT_RUN, "--target", uri)).exited(0);
      assertThat(next.stderr()).contains("removed what a killed run left on " + uri);
      assertThat(TargetNames.of(uri)).as("after the next run").isEmpty();
    }
  }

  private static List<String> namesOf(String uri) throws IOException {
    try {
      return TargetNames.of(uri);
    } catch (io.mooseng.bench.core.model.OperationException e) {
      throw new IOException(e);
    }
  }

  /** The terminal sends Ctrl-C to the server of the run, too. */
  @Test
  void theStoreOfTheEmbeddedServerIsLeftAsItWasHoweverTheRunEnds() throws Exception {
    Path store = directory.resolve("store");
    String[] longRun = with(LONG_RUN, "--store", store.toString());
    try (RunningJar running = jar.start(longRun)) {
      Await.until("a fork", () -> !MarkedProcesses.of(jar.mark(), "ForkedMain").isEmpty());
      running.interrupt();
      running.await().withoutStackTrace().withoutLeavings();
    }
    assertThat(TargetNames.ofStore(jar, store)).as("after Ctrl-C").isEmpty();

    try (RunningJar running = jar.start(longRun)) {
      Await.until("a fork", () -> !MarkedProcesses.of(jar.mark(), "ForkedMain").isEmpty());
      running.kill();
      MarkedProcesses.awaitNone(jar.mark());
    }
    assertThat(TargetNames.ofStore(jar, store)).as("after kill -9").hasSize(1);

    JarRun next = jar.runBriefly(with(SHORT_RUN, "--store", store.toString())).exited(0);
    assertThat(next.stderr()).contains("removed what a killed run left on --store " + store);
    assertThat(TargetNames.ofStore(jar, store)).as("after the next run").isEmpty();
  }

  @Test
  void aTargetThatCannotHoldTheDirectoryIsToldBeforeTheRun()
      throws IOException, InterruptedException {
    jar.runBriefly(with(SHORT_RUN, "--target", "file:///proc/self/fdinfo"))
        .exited(4)
        .saidInOneLine("file:///proc/self/fdinfo");
    assertThat(jar.results()).doesNotExist();
  }
}
