package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.target.ConnectionSettings;
import io.mooseng.bench.core.target.Route;
import io.mooseng.bench.core.target.TargetOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkSettingsTest {

  private static final TargetAccess ACCESS =
      new TargetAccess("mooseng-bench-x", true, new TargetAccess.OwnServer("/store"), 17);

  private static final WorkloadFiles WORKLOAD = new WorkloadFiles("/w.yaml", null, "/t.jsonl");

  @TempDir private Path directory;

  private ForkSettings written(String uri, TargetOptions options) throws IOException {
    Path file = directory.resolve("fork.json");
    ForkSettings.of(uri, ACCESS, WORKLOAD, -7, options, 70.25, directory.resolve("log"))
        .writeTo(file);
    return ForkSettings.read(file);
  }

  @Test
  void comeBackAsTheyWereWritten() throws IOException {
    Path pem = Files.writeString(directory.resolve("ü, x.pem"), "");
    TargetOptions options =
        new TargetOptions(
                new TlsFiles(Optional.of(pem), Optional.of(pem), Optional.of(pem)),
                ConnectionSettings.defaults().withDeadline(Duration.ofMillis(1_234)),
                TargetOptions.DEFAULT_MAX_IN_FLIGHT,
                true)
            .withServerTimes(true)
            .withRoute(Optional.of(new Route("a:1", "b:2")));
    ForkSettings settings = written("mooseng://h:1/?a=b,c", options);
    assertThat(settings.targetUri()).isEqualTo("mooseng://h:1/?a=b,c");
    assertThat(settings.access()).isEqualTo(ACCESS);
    assertThat(settings.workload()).isEqualTo(WORKLOAD);
    assertThat(settings.seed()).isEqualTo(-7);
    assertThat(settings.logFile()).isEqualTo(directory.resolve("log").toString());
    assertThat(settings.targetOptions()).isEqualTo(options);
    assertThat(settings.linkRtt()).contains(Duration.ofNanos(70_250_000));
  }

  @Test
  void aBenchmarkMayHaveNoTarget() throws IOException {
    ForkSettings settings = written(null, TargetOptions.defaults());
    assertThat(settings.targetUri()).isNull();
    assertThat(settings.targetOptions()).isEqualTo(TargetOptions.defaults());
  }

  @Test
  void aForkThatIsToldNothingReadableSaysSo() {
    assertThatThrownBy(() -> ForkSettings.read(directory.resolve("missing")))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("the settings of this fork cannot be read");
  }
}
