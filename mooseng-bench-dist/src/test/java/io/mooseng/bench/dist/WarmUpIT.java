package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Forks that decide how long they warm up, with JMH's own loop around them. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class WarmUpIT {

  private static final int MOST = 60;

  @TempDir Path directory;

  /** Noise decides when it ends; what is told of it must be what JMH did. */
  @Test
  void jmhMakesAsManyIterationsAsAreTold() throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory);
    String command =
        "MetadataBenchmark.stat$ --target memory:/ --warmup-until-steady -wi %d -w 30ms -f 1 -i 2"
            + " -r 50ms --ceiling-time 100ms -v NORMAL";
    String[] arguments = command.formatted(MOST).split(" ");
    JarRun run = jar.run(arguments).exited(0);

    JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
    int told = row.path("metrics").path("warmup.iterations").path("value").asInt();
    assertThat(told).isBetween(10, MOST);
    assertThat(run.stdout().lines().filter(line -> line.startsWith("# Warmup Iteration")))
        .hasSize(told);
    assertThat(row.path("forks").path(0).path("iterations")).hasSize(2);
    if (told < MOST) {
      assertThat(row.path("warnings").toString()).doesNotContain("warm-up iterations");
    }
  }
}
