package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What happens when there is no room for results or data. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class OutputDirectoryIT {

  private static final String QUICK_BENCHMARK = "HarnessOverheadBenchmark.baseline";

  @TempDir Path directory;

  @Test
  void aPlaceThatCannotHoldADirectoryIsToldInOneLine() throws IOException, InterruptedException {
    Path file = Files.writeString(directory.resolve("file"), "not a directory");

    BenchmarksJar.in(directory)
        .runBriefly(QUICK_BENCHMARK, "--out", file.resolve("results").toString())
        .exited(2)
        .saidInOneLine(file.toString());
  }

  /** Permission bits do not stop root, a file system without room for directories does. */
  @Test
  void aPlaceThatCannotBeWrittenIsToldInOneLine() throws IOException, InterruptedException {
    BenchmarksJar.in(directory)
        .runBriefly(QUICK_BENCHMARK, "--out", "/proc/results")
        .exited(2)
        .saidInOneLine("/proc/results");
  }

  @Test
  void aFullDiskIsToldInOneLine() throws IOException, InterruptedException {
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "64k")) {
      Files.write(disk.path().resolve("filler"), new byte[56 << 10]);

      BenchmarksJar.in(directory)
          .runBriefly(QUICK_BENCHMARK, "--no-progress", "--out", disk.path().toString())
          .exited(2)
          .saidInOneLine(disk.path().toString(), "No space left");
    }
  }

  @Test
  void aFullStoreFailsTheRowAsResourceExhausted() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory);
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "4m")) {
      String store = disk.path().resolve("store").toString();

      jar.runBriefly("FileWriteBenchmark", "-p", "size=10MB", "--store", store)
          .exited(1)
          .withoutStackTrace();
    }

    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    assertThat(row.path("status").asText()).isEqualTo("failed");
    assertThat(row.path("failure").path("kind").asText()).isEqualTo("resource-exhausted");
  }
}
