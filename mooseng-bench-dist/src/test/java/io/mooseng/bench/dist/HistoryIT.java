package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The history of real runs, in a file. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class HistoryIT {

  private static final Pattern ADDRESS = Pattern.compile("http://127\\.0\\.0\\.1:\\d+/");

  @TempDir static Path directory;

  private static BenchmarksJar jar;
  private static RunFiles files;

  @TempDir Path own;

  @BeforeAll
  static void runOnce() throws IOException, InterruptedException {
    jar = BenchmarksJar.in(directory.resolve("run"));
    jar.runBriefly("MetadataBenchmark.stat", "--target", "memory:/").exited(0);
    files = RunFiles.onlyOneIn(jar.results());
  }

  @Test
  void aRunIsAddedListedAndShown() throws IOException, InterruptedException {
    String id = files.run().path("runId").asText();

    JarRun added = history("add", files.file("").toString(), "--commit", "abc123").exited(0);
    assertThat(added.stdout()).startsWith("added " + id + ": 1 rows");
    assertThat(history("add", files.file("").toString()).exited(0).stdout())
        .startsWith("already there: " + id);
    assertThat(history("list").exited(0).stdout()).contains(id, "complete", "abc123");
    assertThat(history("show", id.substring(0, 20)).exited(0).stdout())
        .contains("MetadataBenchmark.stat", "control");
    Path out = own.resolve("again.json");
    history("show", id, "--out", out.toString()).exited(0);
    assertThat(out).hasSameBinaryContentAs(files.file("run.json"));
  }

  @Test
  void jmhsOwnFilesAreAddedToo() throws IOException, InterruptedException {
    history("add", files.file("jmh.json").toString(), "--at", "2026-03-01T10:20:30Z").exited(0);

    assertThat(history("list").exited(0).stdout()).contains("20260301T102030Z-", "imported");
    assertThat(history("trend", "--all").exited(0).stdout())
        .contains("MetadataBenchmark.stat", "unknown: jmh.score");
  }

  @Test
  void aStepIsFoundAtTheRunThatMadeIt() throws IOException, InterruptedException {
    List<String> runs = copies(30, i -> i < 20 ? 1.0 + 0.001 * (i * 7 % 5) : 1.2);
    history(with("add", runs)).exited(0);

    Path html = own.resolve("trends.html");
    String trend =
        history("trend", "--metric", "latency.p50", "--html", html.toString()).exited(0).stdout();

    assertThat(trend).contains("WORSE since 20260301T000020Z-000020", "1 with a change");
    assertThat(Files.readString(html)).contains("WORSE since 20260301T000020Z-000020", "<svg");
  }

  /** What was told to be added is there; what was not is there as a whole or not at all. */
  @Test
  void killedWhileAddingNothingIsLost() throws IOException, InterruptedException {
    List<String> runs = copies(400, i -> 1.0);
    long told;
    try (RunningJar adding = jar.start(history(with("add", runs), database()))) {
      Await.until("runs that were added", () -> adding.stdout().lines().count() > 20);
      adding.kill();
      adding.await();
      told = adding.stdout().lines().filter(line -> line.startsWith("added ")).count();
    }
    long there = listed();
    assertThat(there).isGreaterThanOrEqualTo(told).isLessThan(400);

    history(with("add", runs)).exited(0);

    assertThat(listed()).isEqualTo(400);
    String trend = history("trend", "--metric", "latency.p50", "--all", "--last", "1000").stdout();
    assertThat(trend).contains("400 runs");
  }

  @Test
  void twoProgramsAddAtOnce() throws IOException, InterruptedException {
    List<String> runs = copies(60, i -> 1.0);
    try (RunningJar one = jar.start(history(with("add", runs.subList(0, 40)), database()));
        RunningJar other = jar.start(history(with("add", runs.subList(20, 60)), database()))) {
      one.await().exited(0);
      other.await().exited(0);
    }
    assertThat(listed()).isEqualTo(60);
  }

  @Test
  void theHistoryIsAWebPage() throws IOException, InterruptedException {
    String id = files.run().path("runId").asText();
    history("add", files.file("").toString()).exited(0);

    try (RunningJar serving = jar.start(history(List.of("serve", "--port", "0"), database()))) {
      Await.until("an address", () -> ADDRESS.matcher(serving.stdout()).find());
      Matcher address = ADDRESS.matcher(serving.stdout());
      assertThat(address.find()).isTrue();
      String root = address.group();
      assertThat(get(root).body()).contains(id, "/trends");
      assertThat(get(root + "run/" + id).body()).contains("MetadataBenchmark.stat");
      assertThat(get(root + "trends").body()).contains("Without a change", "<svg");
      assertThat(get(root + "run/nowhere").statusCode()).isEqualTo(404);
      assertThat(get(root + "etc/passwd").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void mistakesAreToldInOneLine() throws IOException, InterruptedException {
    history("list").exited(2).saidInOneLine("no history at");
    jar.run("history").exited(2).saidInOneLine("history needs a command", "add, list");
    jar.run("history", "drop").exited(2).saidInOneLine("history drop", "add, list");
    history("add", "nowhere").exited(2).saidInOneLine("nowhere");
    history("add", files.file("run.json").toString(), "--at", "noon")
        .exited(2)
        .saidInOneLine("--at noon", "2026-03-01T10:20:30Z");
    jar.run("history", "list", "--history", "jdbc:mysql://me:secret@host/db")
        .exited(2)
        .saidInOneLine("jdbc:mysql:", "jdbc:postgresql:");
    Files.writeString(database(), "this is a text, and no database of any kind\n".repeat(50));
    history("list").exited(2).saidInOneLine("not a database");
  }

  private interface Factor {
    double of(int run);
  }

  /** The run again and again, later each time, with latencies multiplied. */
  private List<String> copies(int count, Factor factor) throws IOException {
    String json = Files.readString(files.file("run.json"));
    String id = files.run().path("runId").asText();
    String started = files.run().path("startedAt").asText();
    double p50 = files.onlyRow().path("metrics").path("latency.p50").path("value").asDouble();
    Pattern value = Pattern.compile("(\"latency.p50\" : \\{\\s*\"value\" : )[^,]+");
    List<String> paths = new ArrayList<>();
    for (int i : IntStream.range(0, count).toArray()) {
      String copy =
          json.replace(id, String.format("20260301T%06dZ-%06d", i, i))
              .replace(started, String.format("2026-03-01T00:%02d:%02dZ", i / 60, i % 60));
      Path file = own.resolve("run-" + i + ".json");
      Files.writeString(
          file,
          value.matcher(copy).replaceFirst("$1" + Math.round(1000 * p50 * factor.of(i)) / 1e3));
      paths.add(file.toString());
    }
    return paths;
  }

  private long listed() throws IOException, InterruptedException {
    return history("list", "--last", "1000").exited(0).stdout().lines().count() - 1;
  }

  private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(address)).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  private static List<String> with(String command, List<String> rest) {
    List<String> all = new ArrayList<>();
    all.add(command);
    all.addAll(rest);
    return all;
  }

  private Path database() {
    return own.resolve("history.sqlite");
  }

  private JarRun history(String... arguments) throws IOException, InterruptedException {
    return history(List.of(arguments));
  }

  private JarRun history(List<String> arguments) throws IOException, InterruptedException {
    return jar.run(history(arguments, database()));
  }

  private static String[] history(List<String> arguments, Path database) {
    List<String> all = new ArrayList<>();
    all.add("history");
    all.addAll(arguments);
    all.add("--history");
    all.add(database.toString());
    return all.toArray(String[]::new);
  }
}
