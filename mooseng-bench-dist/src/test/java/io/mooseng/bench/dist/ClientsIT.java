package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Many clients at once, as a user runs them. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class ClientsIT {

  @TempDir Path directory;

  private BenchmarksJar jar;

  @BeforeEach
  void prepare() throws IOException {
    jar = BenchmarksJar.in(directory);
  }

  private static double metric(JsonNode row, String name) {
    return row.path("metrics").path(name).path("value").asDouble();
  }

  @Test
  void clientsThatDifferInNumberAreACurve() throws IOException, InterruptedException {
    String[] arguments = {
      "ClientsBenchmark.stat", "-p", "clients=1,2,4,8,16,32", "-p", "files=1", "--store", "memory"
    };
    String summary = jar.runBriefly(arguments).exited(0).withoutStackTrace().stdout();

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows()).hasSize(6);
    for (JsonNode row : files.rows()) {
      assertThat(metric(row, "operations")).isPositive();
      assertThat(row.path("warnings").toString()).contains("no disk: --store memory");
      int clients = row.path("params").path("clients").asInt();
      assertThat(metric(row, "concurrency")).isPositive().isLessThanOrEqualTo(clients + 1e-9);
      assertThat(metric(row, "clients.fairness")).isBetween(1.0 / clients - 1e-9, 1.0 + 1e-9);
    }
    JsonNode curve = files.run().path("scalability").path(0);
    assertThat(curve.path("parameter").asText()).isEqualTo("clients");
    assertThat(curve.path("points")).hasSize(6);
    assertThat(curve.path("fit").path("lambda").asDouble()).isPositive();
    assertThat(summary).contains("Scalability: ", "ClientsBenchmark.stat by clients");
  }

  @Test
  void clientsThatCreateFilesAreACurveAndLeaveNothing() throws IOException, InterruptedException {
    Path target = Files.createDirectory(directory.resolve("files"));
    Files.writeString(target.resolve("thesis"), "years of work");
    String[] arguments = {
      "ClientsBenchmark.write",
      "-p",
      "clients=1,2,4,8",
      "-p",
      "inFlight=2",
      "-p",
      "channels=2",
      "-p",
      "deadline=1s",
      "--target",
      target.toUri().toString()
    };
    String summary = jar.runBriefly(arguments).exited(0).withoutStackTrace().stdout();

    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows()).hasSize(4);
    for (JsonNode row : files.rows()) {
      int clients = row.path("params").path("clients").asInt();
      assertThat(row.path("params").has("files")).as("there are only new ones").isFalse();
      assertThat(row.path("warnings").toString())
          .contains("has no effect on this target: channels=2 deadline=1s");
      assertThat(metric(row, "operations")).isPositive();
      assertThat(metric(row, "success.rate")).isEqualTo(1);
      assertThat(metric(row, "latency.mean")).isPositive();
      assertThat(metric(row, "concurrency")).isPositive().isLessThanOrEqualTo(2 * clients + 1e-9);
      assertThat(metric(row, "clients.fairness")).isBetween(1.0 / clients - 1e-9, 1.0 + 1e-9);
    }
    assertThat(files.run().path("scalability").path(0).path("points")).hasSize(4);
    assertThat(summary).contains("Scalability: ", "ClientsBenchmark.write by clients");
    try (Stream<Path> left = Files.walk(target)) {
      assertThat(left).containsExactlyInAnyOrder(target, target.resolve("thesis"));
    }
  }
}
