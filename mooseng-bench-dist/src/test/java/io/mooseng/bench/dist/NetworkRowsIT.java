package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Rows of the network that ask the run for more than a server: certificates, and a ceiling. */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class NetworkRowsIT {

  @TempDir Path directory;

  @Test
  void certificatesAreMadeForTheRunAndWindowsHaveACeiling()
      throws IOException, InterruptedException {
    BenchmarksJar jar = BenchmarksJar.in(directory);
    JarRun run =
        jar.runBriefly(
                "TlsHandshakeBenchmark.(resumed|mutual)",
                "FlowControlBenchmark",
                "-p",
                "flowControlWindow=64KB",
                "--store",
                "memory")
            .exited(0)
            .withoutStackTrace();

    assertThat(run.stdout())
        .containsPattern("window / RTT \\(\\S+ \\S+\\) allows \\S+ MB/s: \\d+ %");
    RunFiles files = RunFiles.onlyOneIn(jar.results());
    assertThat(files.rows()).extracting(row -> row.path("status").asText()).containsOnly("ok");
    assertThat(files.row("TlsHandshakeBenchmark.mutual").path("params").path("tls").asText())
        .isEqualTo("mutual");
    JsonNode stream = files.row("FlowControlBenchmark.receive").path("metrics");
    double window = value(stream, "window.ceiling") * value(stream, "window.rtt") / 1e9;
    assertThat(window).isBetween(65_000.0, 66_000.0);
    assertThat(value(stream, "window.share")).isPositive();
    assertThat(jar.temporaryDirectory().toFile().list())
        .as("no key is left behind")
        .containsOnly("jmh.lock");
    MarkedProcesses.awaitNone(jar.mark());
  }

  @Test
  void aLiveTargetWithoutTlsIsSparedRowsThatNeedIt() throws IOException, InterruptedException {
    BenchmarksJar elsewhere = BenchmarksJar.in(directory.resolve("server"));
    try (RunningJar server = elsewhere.start("serve", "--port", "0", "--store", "memory")) {
      BenchmarksJar jar = BenchmarksJar.in(directory);
      JarRun run =
          jar.runBriefly(
                  "Http2SettingsBenchmark.settingsReceived",
                  "--target",
                  server.awaitLine("listening on "))
              .exited(0);
      assertThat(run.stderr()).contains("tls=server needs --tls-ca");
      JsonNode row = RunFiles.onlyOneIn(jar.results()).onlyRow();
      assertThat(row.path("params").path("tls").asText()).isEqualTo("off");
      assertThat(row.path("status").asText()).isEqualTo("ok");
    }
  }

  private static double value(JsonNode metrics, String name) {
    return metrics.path(name).path("value").asDouble();
  }
}
