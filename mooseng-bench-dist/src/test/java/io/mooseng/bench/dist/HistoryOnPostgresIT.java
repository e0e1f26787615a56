package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The history in a real server of PostgreSQL. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HistoryOnPostgresIT {

  @TempDir Path directory;

  @Test
  void runsAreKeptFoundAndRemovedAsInAFile() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory.resolve("run"));
    try (PostgresServer server = PostgresServer.start(directory)) {
      jar.runBriefly("MetadataBenchmark.stat", "--target", "memory:/").exited(0);
      RunFiles files = RunFiles.onlyOneIn(jar.results());
      List<String> runs = copies(files, 40);

      // Two at once also make the tables at once.
      try (RunningJar one = jar.start(history(server, "add", runs.subList(0, 30)));
          RunningJar other = jar.start(history(server, "add", runs.subList(10, 40)))) {
        one.await().exited(0);
        other.await().exited(0);
      }

      assertThat(jar.run(history(server, "list", List.of("--last", "99"))).exited(0).stdout())
          .hasLineCount(41);
      assertThat(
              jar.run(history(server, "trend", List.of("--metric", "latency.p50")))
                  .exited(0)
                  .stdout())
          .contains("WORSE since 20260301T000020Z-000020");
      Path out = directory.resolve("again.json");
      jar.run(history(server, "show", List.of("20260301T000003Z", "--out", out.toString())))
          .exited(0);
      assertThat(out).hasSameBinaryContentAs(Path.of(runs.get(3)));
      assertThat(jar.run(history(server, "prune", List.of("--keep", "15"))).exited(0).stdout())
          .isEqualTo("removed 25 runs\n");
      assertThat(jar.run(history(server, "list", List.of())).exited(0).stdout()).hasLineCount(16);
    }
  }

  @Test
  void aServerThatIsNotThereIsUnavailable() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory.resolve("run"));
    String shown = "jdbc:postgresql://127.0.0.1:1/db";

    JarRun absent = jar.run("history", "list", "--history", shown + "?user=me&password=secret");
    absent.exited(4).saidInOneLine(shown, "refused");

    // Not a form of its URLs, but one that people try.
    JarRun wrong = jar.run("history", "list", "--history", shown.replace("//", "//me:secret@"));
    wrong.exited(4).saidInOneLine(shown);
    assertThat(absent.stderr() + wrong.stderr()).doesNotContain("secret");
  }

  private List<String> copies(RunFiles files, int count) throws IOException {
    String json = Files.readString(files.file("run.json"));
    String id = files.run().path("runId").asText();
    String started = files.run().path("startedAt").asText();
    double p50 = files.onlyRow().path("metrics").path("latency.p50").path("value").asDouble();
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      double factor = i < 20 ? 1 + 0.001 * (i * 7 % 5) : 1.2;
      String copy =
          json.replace(id, String.format("20260301T%06dZ-%06d", i, i))
              .replace(started, String.format("2026-03-01T00:00:%02dZ", i))
              .replaceFirst(
                  "(\"latency.p50\" : \\{\\s*\"value\" : )[^,]+",
                  "$1" + Math.round(1000 * p50 * factor) / 1e3);
      Path file = Files.writeString(directory.resolve("run-" + i + ".json"), copy);
      paths.add(file.toString());
    }
    return paths;
  }

  private static String[] history(PostgresServer server, String command, List<String> rest) {
    List<String> all = new ArrayList<>(List.of("history", command));
    all.addAll(rest);
    all.addAll(List.of("--history", server.url()));
    return all.toArray(String[]::new);
  }
}
