package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whether data is forced to disk, cold, or served from another place. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class DataOptionsIT {

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  private static String parameter(JsonNode row, String name) {
    return row.path("params").path(name).asText();
  }

  private RunFiles files() throws IOException {
    return RunFiles.onlyOneIn(jar.results());
  }

  @Test
  void forcedWritesAreRowsOfTheirOwn() throws IOException, InterruptedException {
    jar.runBriefly("FileWriteBenchmark", "-p", "size=4KB", "-p", "fsync=off,on").exited(0);

    assertThat(files().rows())
        .extracting(row -> parameter(row, "fsync"))
        .containsExactly("off", "on");
  }

  @Test
  void theOptionForcesEveryRowThatCan() throws IOException, InterruptedException {
    jar.runBriefly("(FileWrite|FileRead)Benchmark", "-p", "size=4KB", "--fsync").exited(0);

    assertThat(files().rows()).hasSize(2);
    assertThat(parameter(files().row("FileWriteBenchmark.write"), "fsync")).isEqualTo("on");
    assertThat(files().row("FileReadBenchmark.read").path("params").has("fsync")).isFalse();
  }

  @Test
  void aServerThatCannotBeToldToForceIsLeftOutWithANote() throws IOException, InterruptedException {
    BenchmarksJar elsewhere = BenchmarksJar.in(directory.resolve("server"));
    try (RunningJar server = elsewhere.start("serve", "--port", "0", "--store", "memory")) {
      String uri = server.awaitLine("listening on ");
      JarRun run =
          jar.runBriefly(
                  "FileWriteBenchmark", "-p", "size=4KB", "-p", "fsync=off,on", "--target", uri)
              .exited(0);

      assertThat(run.errorLines()).anyMatch(line -> line.contains("left out for target t1"));
    }
    assertThat(parameter(files().onlyRow(), "fsync")).isEqualTo("off");
  }

  @Test
  void aServerInTheClientsJvmIsMarked() throws IOException, InterruptedException {
    Path store = directory.resolve("store");
    jar.runBriefly("FileReadBenchmark", "-p", "size=4KB", "--server", "in-process").exited(0);
    JsonNode row = files().onlyRow();
    assertThat(row.path("fidelity").asText()).isEqualTo("embedded");
    assertThat(row.path("warnings").path(0).asText()).startsWith("server in the client's JVM");
    assertThat(Files.list(jar.temporaryDirectory()))
        .noneMatch(path -> path.getFileName().toString().startsWith("mooseng-bench-"));
    assertThat(store).doesNotExist();
  }

  @Test
  void aServerInTheClientsJvmLeavesTheUsersStoreAsItWas() throws Exception {
    Path store = directory.resolve("store");
    jar.runBriefly(
            "FileWriteBenchmark",
            "-p",
            "size=4KB",
            "--server",
            "in-process",
            "--store",
            store.toString())
        .exited(0);

    assertThat(TargetNames.ofStore(jar, store)).isEmpty();
  }

  private static void assumeCachesCanBeDropped() {
    assumeThat(Files.isWritable(Path.of("/proc/sys/vm/drop_caches")))
        .as("this user may drop the page cache")
        .isTrue();
  }

  /** Neither kind of target is read cold from memory: the storage says what it delivered. */
  @Test
  void coldReadsComeFromTheDisk() throws IOException, InterruptedException {
    assumeCachesCanBeDropped();
    assumeThat(Files.getFileStore(directory).type())
        .as("a file system on a disk")
        .isIn("ext4", "xfs", "btrfs");
    Path target = Files.createDirectory(directory.resolve("files"));

    jar.runBriefly(
            "FileReadBenchmark",
            "-p",
            "size=1MB",
            "-p",
            "cache=cold",
            "--drop-caches",
            "--target",
            target.toUri().toString(),
            "--target",
            "embedded",
            "--mode",
            "auto")
        .exited(0);

    assertThat(files().rows()).hasSize(2);
    for (JsonNode row : files().rows()) {
      assertThat(parameter(row, "cache")).isEqualTo("cold");
      // A stage in which a busy machine let an operation wait is another matter.
      assertThat(row.path("warnings"))
          .noneMatch(warning -> warning.asText().matches("not (known to be )?cold: .*"));
    }
  }

  @Test
  void readsFromMemoryAreNotCalledCold() throws IOException, InterruptedException {
    assumeCachesCanBeDropped();
    try (SmallDisk disk = SmallDisk.mount(directory.resolve("disk"), "64m")) {
      jar.runBriefly(
              "FileReadBenchmark",
              "-p",
              "size=1MB",
              "-p",
              "cache=cold",
              "--drop-caches",
              "--target",
              disk.path().toUri().toString())
          .exited(0);
    }

    assertThat(files().onlyRow().path("warnings").path(0).asText())
        .startsWith("not cold: ")
        .endsWith(" are in memory");
  }
}
