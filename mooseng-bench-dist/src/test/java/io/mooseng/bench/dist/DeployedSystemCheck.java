package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What holds for every real file system below {@code deploy/}. Skipped, with the reason printed,
 * where it cannot run.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
abstract class DeployedSystemCheck {

  private final String name;
  private final String implementation;

  @TempDir Path directory;

  private DeployedSystem system;

  /**
   * @param name its directory below {@code deploy/}
   * @param implementation part of what a row says about this target, and no other
   */
  DeployedSystemCheck(String name, String implementation) {
    this.name = name;
    this.implementation = implementation;
  }

  @BeforeEach
  void prepare() {
    system = new DeployedSystem(name, instance(), directory);
  }

  @AfterEach
  void takeDown() throws IOException, InterruptedException {
    if (Files.exists(instance())) {
      system.down();
    }
  }

  private Path instance() {
    return directory.resolve(name);
  }

  @Test
  void isComparedWithOursAndALocalDirectoryInOneRun() throws IOException, InterruptedException {
    Path local = Files.createDirectory(directory.resolve("local"));
    String mount = DeployedSystem.uri(system.up());
    NetworkNamespace namespace = system.namespace();
    BenchmarksJar jar = BenchmarksJar.in(directory);

    jar.runBriefly(
            "FileReadBenchmark|FileWriteBenchmark|MetadataBenchmark.create",
            "-p",
            "size=64KB",
            "--target",
            mount,
            "--target",
            "embedded",
            "--target",
            local.toUri().toString())
        .exited(0);

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows()).hasSize(9);
    assertThat(files.rows()).allMatch(row -> row.path("status").asText().equals("ok"));
    assertTargetsAreToldApart(files);
    try (Stream<Path> left = Files.list(Path.of(URI.create(mount)))) {
      assertThat(left).noneMatch(entry -> entry.getFileName().toString().contains("mooseng"));
    }

    system.down();
    system.assertGone(namespace);
    system.down();
  }

  private void assertTargetsAreToldApart(RunFiles files) throws IOException {
    for (JsonNode row : files.rows()) {
      String said = row.path("target").path("implementation").asText();
      String fidelity = row.path("fidelity").asText();
      switch (row.path("params").path("target").asText()) {
        case "t1" -> {
          assertThat(fidelity).isEqualTo("live");
          assertThat(said).contains(implementation);
        }
        case "embedded" -> assertThat(fidelity).isEqualTo("embedded");
        default -> {
          assertThat(fidelity).isEqualTo("live");
          assertThat(said).isNotEmpty().doesNotContain(implementation);
        }
      }
    }
    assertThat(files.rows())
        .extracting(row -> row.path("params").path("target").asText())
        .containsOnly("t1", "embedded", "t3");
  }

  @Test
  void comesUpWhereItWasKilled() throws IOException, InterruptedException {
    system.up();
    NetworkNamespace killed = system.namespace();
    assertThat(killed.processes()).isNotEmpty();
    killed.processes().forEach(ProcessHandle::destroyForcibly);
    Await.until("the processes to end", () -> killed.processes().isEmpty());

    JarRun again = system.up();

    assertThat(again.stderr()).contains("dead instance");
    assertThat(killed.file()).doesNotExist();
    Path file = Path.of(URI.create(DeployedSystem.uri(again))).resolve("file");
    Files.writeString(file, "content");
    assertThat(file).hasContent("content");
    NetworkNamespace namespace = system.namespace();
    system.down();
    system.assertGone(namespace);
  }

  @Test
  void isNotTakenForDeadWhileItRuns() throws IOException, InterruptedException {
    system.up();

    new Script(directory)
        .run(name + "/up", "--dir", instance().toString())
        .exited(2)
        .saidInOneLine(instance().toString(), "up there already");

    assertThat(system.isMounted()).isTrue();
  }
}
