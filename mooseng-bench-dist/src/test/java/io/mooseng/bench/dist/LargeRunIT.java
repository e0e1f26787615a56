package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs of ten thousand rows, ten forks and five iterations each; prints how long questions to them
 * take, as a user would wait for them: from the start of the JVM to its end.
 */
@Tag("acceptance")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class LargeRunIT {

  private static final int FORKS = 10;
  private static final double MIB = 1 << 20;
  private static final long LARGEST_REPORT_BYTES = 15L << 20;

  @TempDir static Path directory;

  /** As a user starts it. */
  private static BenchmarksJar jar;

  private static Path base;
  private static Path candidate;

  @BeforeAll
  static void makeTheRuns() throws IOException, InterruptedException {
    BenchmarksJar quick = BenchmarksJar.in(directory.resolve("run"));
    jar = quick.withJvmOptions();
    List<String> small = List.of("-f", "1", "-wi", "0", "-i", "5", "-r", "100ms");
    List<String> arguments = new ArrayList<>(small);
    arguments.addAll(
        List.of("FileReadBenchmark", "--target", "memory:/", "-p", "size=1KB,64KB,1MB"));
    quick.run(arguments.toArray(String[]::new)).exited(0);
    RunFiles files = RunFiles.onlyOneIn(quick.results());
    base = Files.createDirectory(directory.resolve("base"));
    candidate = Files.createDirectory(directory.resolve("candidate"));
    new LargeRun(LargeRun.ROWS, FORKS, 1, 0).write(files, base);
    new LargeRun(LargeRun.ROWS, FORKS, 2, 0.1).write(files, candidate);
    System.out.printf(
        "a run of %,d rows: run.json %.0f MB, histograms.hlog %.0f MB%n",
        LargeRun.ROWS,
        Files.size(base.resolve("run.json")) / MIB,
        Files.size(base.resolve("histograms.hlog")) / MIB);
  }

  @Test
  void aComparisonFindsTheOneRowThatIsSlower() throws IOException, InterruptedException {
    for (String metric : List.of("throughput", "latency.p50")) {
      long start = System.nanoTime();
      JarRun compared = compare("--metric", metric).exited(1);
      System.out.printf("compare by %s: %.1f s%n", metric, seconds(start));
      assertThat(compared.stdout()).contains("1 regression, 0 improvements");
    }
  }

  /** Histograms of 200,000 forks are decoded for it, one by one. */
  @Test
  void tailsAreComparedWithoutHoldingAllHistograms() throws IOException, InterruptedException {
    long start = System.nanoTime();
    compare("--metric", "latency.p99").exited(0);
    System.out.printf("compare by latency.p99: %.1f s%n", seconds(start));
  }

  @Test
  void aReportHoldsAllRows() throws IOException, InterruptedException {
    Path html = directory.resolve("large.html");
    long start = System.nanoTime();
    jar.run("report", base.toString(), "--out", html.toString()).exited(0);
    System.out.printf("report: %.1f s, %.1f MB%n", seconds(start), Files.size(html) / MIB);
    assertThat(Files.size(html)).isLessThan(LARGEST_REPORT_BYTES);
    assertThat(Files.readString(html)).contains("copy=" + (LargeRun.ROWS - 1));
  }

  private static JarRun compare(String... options) throws IOException, InterruptedException {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(0, List.of("compare", base.toString(), candidate.toString()));
    arguments.addAll(List.of("--noise", "none"));
    return jar.run(arguments.toArray(String[]::new));
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) / 1e9;
  }
}
