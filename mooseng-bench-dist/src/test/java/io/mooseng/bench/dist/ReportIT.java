package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report of a real run, opened by a real browser. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReportIT {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
  private static final int ROWS = 10_000;
  private static final long LARGEST_BYTES = 15L << 20;

  @TempDir static Path directory;

  private static BenchmarksJar jar;
  private static RunFiles files;

  @BeforeAll
  static void runAFewRows() throws IOException, InterruptedException {
    jar = BenchmarksJar.in(directory.resolve("run"));
    jar.runBriefly("FileReadBenchmark", "--target", "memory:/", "-p", "size=1KB,64KB,1MB")
        .exited(0);
    files = RunFiles.onlyOneIn(jar.results());
  }

  @Test
  void aRunEndsWithItsReport() throws IOException, InterruptedException {
    Path again = directory.resolve("again.html");

    jar.run("report", files.file("").toString(), "--out", again.toString()).exited(0);

    assertThat(files.file("report.html"))
        .content()
        .contains("FileReadBenchmark.read", "size=64KB", "control")
        .isEqualTo(Files.readString(again));
  }

  @Test
  void aBrowserRunsItsScriptAndAsksForNothing() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(CHROMIUM), "needs " + CHROMIUM + ": apt-get install chromium");

    JarRun browser = browse(files.file("report.html"), "--dump-dom");

    // The script shows what it needs; the page forbids every script but this one.
    assertThat(browser.stdout())
        .contains("<p class=\"search\"><label", "<svg")
        .doesNotContain("<p class=\"search\" hidden");
    assertThat(browser.errorLines()).noneMatch(line -> line.contains("CONSOLE"));
  }

  @Test
  void whatIsNoRunIsToldInOneLine() throws IOException, InterruptedException {
    String whole = Files.readString(files.file("run.json"));
    Path cut = Files.writeString(directory.resolve("cut.json"), whole.substring(0, 2_000));
    Path later =
        Files.writeString(
            directory.resolve("later.json"),
            whole.replaceFirst("\"schemaVersion\" : \\d+", "\"schemaVersion\" : 99"));
    Path empty = Files.writeString(directory.resolve("empty.json"), "");

    jar.run("report", cut.toString()).exited(2).saidInOneLine("cut.json", "not a run");
    jar.run("report", later.toString())
        .exited(2)
        .saidInOneLine("later.json", "99", "later version");
    jar.run("report", empty.toString()).exited(2).saidInOneLine("empty.json", "not a run");
    jar.run("report", files.file("run.json").toString(), "--out", "no/such/x.html")
        .exited(2)
        .saidInOneLine("--out", "no/such/x.html", "directory that exists");
  }

  /** Prints how long it took; what is asserted is the size. */
  @Test
  @Tag("acceptance")
  void tenThousandRows() throws IOException, InterruptedException {
    Path large = Files.createDirectories(directory.resolve("large"));
    multiply(files, large);
    Path html = directory.resolve("large.html");

    long start = System.nanoTime();
    jar.run("report", large.toString(), "--out", html.toString()).exited(0);
    double seconds = (System.nanoTime() - start) / 1e9;

    System.out.printf(
        "report of %,d rows: %.1f s, %.1f MB from run.json of %.1f MB%n",
        ROWS,
        seconds,
        Files.size(html) / 1048576.0,
        Files.size(large.resolve("run.json")) / 1048576.0);
    assertThat(Files.size(html)).isLessThan(LARGEST_BYTES);
    assertThat(Files.readString(html)).contains("copy=" + (ROWS - 1));
  }

  /** The rows of a run again and again, each time with another parameter, histograms included. */
  private static void multiply(RunFiles from, Path to) throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode run = (ObjectNode) from.run();
    List<JsonNode> rows = from.rows();
    ArrayNode many = run.putArray("results");
    for (int i = 0; i < ROWS; i++) {
      ObjectNode row = rows.get(i % rows.size()).deepCopy();
      ((ObjectNode) row.get("params")).put("copy", Integer.toString(i));
      many.add(row);
    }
    json.writerWithDefaultPrettyPrinter().writeValue(to.resolve("run.json").toFile(), run);
    StringBuilder log = new StringBuilder();
    List<String> lines = Files.readAllLines(from.file("histograms.hlog"));
    lines.stream()
        .filter(line -> !line.startsWith("Tag="))
        .forEach(l -> log.append(l).append('\n'));
    for (int i = 0; i < ROWS; i++) {
      String size = rows.get(i % rows.size()).path("params").path("size").asText();
      for (String line : lines) {
        if (line.contains("size=" + size + ";")) {
          // Parameters stand in the order of their names.
          log.append(line.replaceFirst("\\|cache=([^;|]*);", "|cache=$1;copy=" + i + ";"));
          log.append('\n');
        }
      }
    }
    Files.writeString(to.resolve("histograms.hlog"), log);
  }

  private static JarRun browse(Path page, String option) throws IOException, InterruptedException {
    Path profile = Files.createTempDirectory(directory, "profile");
    List<String> command =
        List.of(
            CHROMIUM.toString(),
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--enable-logging=stderr",
            "--user-data-dir=" + profile,
            option,
            page.toUri().toString());
    return new Script(directory).execute(Map.of(), command).exited(0);
  }
}
