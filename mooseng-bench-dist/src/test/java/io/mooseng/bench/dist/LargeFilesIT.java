package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files whose size does not fit into an int are written and read whole, and every byte of them is
 * compared.
 */
@Timeout(value = 12, unit = TimeUnit.MINUTES)
@Tag("acceptance")
class LargeFilesIT {

  private static final long BYTES = 2_100L << 20;

  /** A file that is written while another one is being removed, on each of two targets. */
  private static final long ROOM = 5 * BYTES;

  @TempDir Path directory;

  @Test
  void aFileOfMoreThanTwoGigabytesIsWrittenAndReadWhole() throws Exception {
    assumeThat(Files.getFileStore(directory).getUsableSpace())
        .as("bytes that are free for temporary files")
        .isGreaterThan(ROOM);
    Path files = Files.createDirectory(directory.resolve("files"));
    BenchmarksJar jar = BenchmarksJar.in(directory.resolve("run"));

    jar.run(
            "\\.(FileRead|FileWrite)Benchmark",
            "-p",
            "size=2100MB",
            "-p",
            "fsync=off",
            "-p",
            "cache=warm",
            "--store",
            directory.resolve("store").toString(),
            "--target",
            "embedded",
            "--target",
            files.toUri().toString(),
            "-f",
            "1",
            "-wi",
            "0",
            "-i",
            "1",
            "-r",
            "1s")
        .exited(0)
        .withoutStackTrace();

    RunFiles results = RunFiles.onlyOneIn(jar.results());
    assertThat(results.rows()).hasSize(4);
    for (JsonNode row : results.rows()) {
      JsonNode metrics = row.path("metrics");
      assertThat(metrics.path("operations").path("value").asLong()).isPositive();
      double bytes =
          metrics.path("bandwidth").path("value").asDouble()
              / metrics.path("throughput").path("value").asDouble();
      assertThat(bytes).as("bytes of an operation of %s", row).isCloseTo(BYTES, within(1.0));
    }
    try (Stream<Path> left = Files.list(files)) {
      assertThat(left).isEmpty();
    }
  }
}
