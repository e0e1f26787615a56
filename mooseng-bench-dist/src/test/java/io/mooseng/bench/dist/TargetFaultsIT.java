package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How a run takes it when its target fails in the middle. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class TargetFaultsIT {

  private static final long OUTAGE_SECONDS = 2;
  private static final long DEADLINE_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The server is gone after half of them, and a slow machine takes several to start it again. */
  private static final int ITERATIONS = 10;

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  private static String[] arguments(String benchmark, int iterations, String... more) {
    List<String> all =
        new ArrayList<>(List.of(benchmark, "-f", "1", "-wi", "0", "-i", "" + iterations));
    all.addAll(List.of("-r", "2s"));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** The first iteration of the first fork is over, and the second is under way. */
  private void awaitMiddle(RunningJar running) throws InterruptedException {
    awaitIterations(running, 1);
  }

  private void awaitIterations(RunningJar running, int ended) throws InterruptedException {
    Await.until(
        ended + " iterations",
        () ->
            !running.isAlive()
                || logOfFirstFork().lines().filter(line -> line.contains("latency")).count()
                    >= ended);
    assertThat(running.isAlive()).as("the run is under way").isTrue();
  }

  /** So that operations are under way, and not what comes between two iterations. */
  private static void awaitNewFiles(Path directory) throws InterruptedException {
    long[] fewest = {Long.MAX_VALUE};
    Await.until(
        "files that are being created",
        () -> {
          try (Stream<Path> all = Files.walk(directory)) {
            long now = all.count();
            fewest[0] = Math.min(fewest[0], now);
            return now >= fewest[0] + 50;
          } catch (UncheckedIOException e) {
            return false; // One was removed just then.
          }
        });
  }

  private String logOfFirstFork() throws IOException {
    try (Stream<Path> scratch = Files.list(jar.temporaryDirectory())) {
      for (Path path : scratch.toList()) {
        Path log = path.resolve("fork-0.jsonl");
        if (Files.exists(log)) {
          return Files.readString(log);
        }
      }
    }
    return "";
  }

  private static String kind(JsonNode row) {
    assertThat(row.path("status").asText()).isEqualTo("failed");
    return row.path("failure").path("kind").asText();
  }

  private static double metric(JsonNode row, String name) {
    return row.path("metrics").path(name).path("value").asDouble();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Runs rows of a benchmark against a server that is killed in the first and comes back in it. */
  private RunFiles killedAndStartedAgain(String benchmark, String... parameters)
      throws IOException, InterruptedException {
    BenchmarksJar elsewhere = BenchmarksJar.in(directory.resolve("server"));
    String[] serve = {"serve", "--port", "" + freePort(), "--store", "store"};
    RunningJar server = elsewhere.start(serve);
    try {
      List<String> more = new ArrayList<>(List.of(parameters));
      more.addAll(List.of("--target", server.awaitLine("listening on ")));
      String[] arguments = arguments(benchmark, ITERATIONS, more.toArray(String[]::new));
      try (RunningJar running = jar.start(arguments)) {
        awaitIterations(running, ITERATIONS / 2);
        server.kill();
        new CountDownLatch(1).await(OUTAGE_SECONDS, TimeUnit.SECONDS);
        server = elsewhere.start(serve);
        server.awaitLine("listening on ");

        JarRun run = running.await().exited(1).withoutStackTrace();
        assertThat(run.stdout()).contains("sessions that the target had forgotten");
      }
    } finally {
      server.close();
    }
    return RunFiles.onlyOneIn(jar.results());
  }

  @Test
  void aServerThatIsKilledAndComesBackFailsOneRowAndIsUsedAgain()
      throws IOException, InterruptedException {
    RunFiles files = killedAndStartedAgain("FileReadBenchmark", "-p", "size=1KB,4KB");

    assertThat(files.rows()).hasSize(2);
    JsonNode hit = files.rows().get(0);
    assertThat(kind(hit)).isEqualTo("unavailable");
    assertThat(metric(hit, "errors.unavailable")).isPositive();
    assertThat(metric(hit, "sessions.lost")).isEqualTo(1);
    assertRecovered(hit);
    assertOnlySuccessesHaveLatency(files, hit);
    for (JsonNode iteration : hit.path("forks").path(0).path("iterations")) {
      assertThat(iteration.path("bytes").asLong()).isEqualTo(successes(iteration) * 1024);
    }
    assertThat(files.rows().get(1).path("status").asText()).isEqualTo("ok");
  }

  /**
   * Every client of the row loses its own session, and makes one anew. Those that wait for the
   * server do so until their deadline, which no success can have taken: what is rarer among the
   * latencies than among the errors is none of these.
   */
  @Test
  void everyClientOfAKilledServerHasANewSessionAfterwards()
      throws IOException, InterruptedException {
    int clients = 3;
    RunFiles files =
        killedAndStartedAgain(
            "ClientsBenchmark.stat",
            "-p",
            "clients=" + clients,
            "-p",
            "waitForReady=true",
            "-p",
            "deadline=1s");

    JsonNode hit = files.onlyRow();
    assertThat(kind(hit)).isIn("unavailable", "unauthenticated", "timeout");
    assertThat(hit.path("failure").path("message").asText()).contains("operations failed");
    assertThat(metric(hit, "sessions.lost"))
        .as("theirs, and that of the client which made the files and removes them")
        .isEqualTo(clients + 1);
    assertRecovered(hit);
    assertOnlySuccessesHaveLatency(files, hit);
    double timeouts = metric(hit, "errors.timeout");
    assertThat(timeouts).as("the outage is longer than the deadline").isGreaterThan(clients - 1);
    Histogram latencies = files.latencies(hit);
    assertThat(latencies.getCountBetweenValues(DEADLINE_NANOS, latencies.getMaxValue()))
        .as("latencies as long as those of operations that timed out")
        .isLessThan((long) timeouts);
  }

  /** As many latencies as successes, in every iteration and in the log of histograms. */
  private static void assertOnlySuccessesHaveLatency(RunFiles files, JsonNode row)
      throws IOException {
    long all = 0;
    long longest = 0;
    for (JsonNode iteration : row.path("forks").path(0).path("iterations")) {
      long successes = successes(iteration);
      JsonNode max = iteration.path("latencyNanos").path("max");
      assertThat(max.isNumber()).as("a latency of " + successes).isEqualTo(successes > 0);
      longest = Math.max(longest, max.asLong());
      all += successes;
    }
    Histogram latencies = files.latencies(row);
    assertThat(latencies.getTotalCount()).isEqualTo(all);
    assertThat(latencies.getMaxValue()).isEqualTo(longest);
    JsonNode max = row.path("metrics").path("latency.max");
    assertThat(max.path("n").asLong()).isEqualTo(all);
    assertThat(max.path("value").asLong()).isEqualTo(longest);
    double failed = metric(row, "operations") - all;
    assertThat(metric(row, "errors")).isEqualTo(failed).isPositive();
  }

  private static void assertRecovered(JsonNode hit) {
    assertThat(metric(hit, "latency.p50")).as("of operations that succeeded").isPositive();
    JsonNode iterations = hit.path("forks").path(0).path("iterations");
    assertThat(iterations).hasSize(ITERATIONS);
    assertThat(successes(iterations.path(0))).as("before").isPositive();
    assertThat(successes(iterations.path(ITERATIONS - 1))).as("after").isPositive();
    assertThat(iterations.path(ITERATIONS - 1).path("errors")).as("errors at the end").isEmpty();
  }

  private static long successes(JsonNode iteration) {
    long errors = 0;
    for (JsonNode count : iteration.path("errors")) {
      errors += count.asLong();
    }
    return iteration.path("operations").asLong() - errors;
  }

  @Test
  void wrongBytesAreCorruptEvenWithAMatchingChecksum() throws IOException, InterruptedException {
    BenchmarksJar elsewhere = BenchmarksJar.in(directory.resolve("server"));
    try (RunningJar server = elsewhere.start("serve", "--port", "0", "--store", "memory");
        FlippingProxy proxy = FlippingProxy.before(server.awaitLine("listening on "))) {
      jar.runBriefly("FileReadBenchmark", "-p", "size=1KB,64KB", "--target", proxy.uri())
          .exited(1)
          .withoutStackTrace();
    }

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows().get(0).path("status").asText())
        .as("small frames are left as they are")
        .isEqualTo("ok");
    JsonNode row = files.rows().get(1);
    assertThat(kind(row)).isEqualTo("corrupt");
    assertThat(metric(row, "errors.corrupt")).isEqualTo(metric(row, "operations")).isPositive();
    assertThat(row.path("failure").path("message").asText())
        .containsPattern(
            "'read' \\(inode \\d+\\): CRC32C \\p{XDigit}{8} where \\p{XDigit}{8} was expected,"
                + " of 65536 bytes from 0");
  }

  @Test
  void aFullDirectoryIsResourceExhaustedAndLeftAsItWas() throws IOException, InterruptedException {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "16m")) {
      Files.writeString(disk.path().resolve("mine"), "keep");

      jar.run(
              arguments(
                  "FileWriteBenchmark",
                  2,
                  "-p",
                  "size=1MB",
                  "--target",
                  disk.path().toUri().toString()))
          .exited(1)
          .withoutStackTrace();

      try (Stream<Path> left = Files.list(disk.path())) {
        assertThat(left).containsExactly(disk.path().resolve("mine"));
      }
      assertThat(disk.path().resolve("mine")).hasContent("keep");
    }
    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    assertThat(kind(row)).isEqualTo("resource-exhausted");
    assertThat(metric(row, "errors.resource-exhausted")).isPositive();
    assertThat(metric(row, "operations")).isGreaterThan(metric(row, "errors"));
  }

  @Test
  void aFullStoreIsResourceExhaustedAndLeftAsItWas() throws Exception {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "16m")) {
      Path store = disk.path().resolve("store");

      jar.run(arguments("FileWriteBenchmark", 2, "-p", "size=1MB", "--store", store.toString()))
          .exited(1)
          .withoutStackTrace()
          .withoutLeavings();

      assertThat(TargetNames.ofStore(jar, store)).isEmpty();
    }
    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    assertThat(kind(row)).isEqualTo("resource-exhausted");
  }

  @Test
  void aDirectoryThatVanishesIsNotFound() throws IOException, InterruptedException {
    Path target = Files.createDirectory(directory.resolve("files"));
    String[] arguments =
        arguments(
            "FileReadBenchmark", 3, "-p", "size=1KB,4KB", "--target", target.toUri().toString());
    try (RunningJar running = jar.start(arguments)) {
      awaitMiddle(running);
      delete(target);

      running.await().exited(1).withoutStackTrace();
    }

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows()).hasSize(2).allMatch(row -> kind(row).equals("not-found"));
    assertThat(metric(files.rows().get(0), "errors.not-found")).isPositive();
    assertThat(metric(files.rows().get(0), "latency.p50")).isPositive();
    assertThat(target).doesNotExist();
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> paths = Files.walk(tree)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Test
  void aDiskThatBecomesReadOnlyIsPermissionDeniedAndWhatStaysIsSaid()
      throws IOException, InterruptedException {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "64m")) {
      String uri = disk.path().toUri().toString();
      String[] arguments = arguments("MetadataBenchmark.create", 3, "--target", uri);
      try (RunningJar running = jar.start(arguments)) {
        awaitMiddle(running);
        awaitNewFiles(disk.path());
        disk.makeReadOnly();

        JarRun run = running.await().exited(1).withoutStackTrace();

        assertThat(run.stderr()).contains("left behind on " + uri, "not writable");
      }
    }
    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    assertThat(kind(row)).isEqualTo("permission-denied");
    assertThat(metric(row, "errors.permission-denied")).isPositive();
  }
}
