package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The report of a real run, opened by a real browser. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReportIT {

  private static final Path CHROMIUM = Path.of("/usr/bin/chromium");

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
