package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.mooseng.bench.core.config.RunSettings;
import io.mooseng.bench.core.config.SettingKey;
import io.mooseng.bench.core.config.TlsFiles;
import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.TargetDriver;
import io.mooseng.bench.core.target.TargetOptions;
import io.mooseng.bench.core.target.Targets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class ServerProcessTest {

  @TempDir private Path scratch;

  private ServerProcess.Options options(String store) {
    return new ServerProcess.Options(
        Optional.of(store),
        false,
        new ServedTls(TlsFiles.NONE, false),
        scratch,
        scratch.resolve("server.err"),
        ServerStart.LOCAL);
  }

  @Test
  void servesInAProcessOfItsOwnAndEndsWhenClosed() throws Exception {
    ServerProcess server = ServerProcess.start(options("memory"));
    try (TargetDriver driver = Targets.open(server.uri(), TargetOptions.defaults())) {
      assertThat(server.uri()).startsWith("mooseng://127.0.0.1:");
      assertThat(driver.stat(driver.root(), new OperationTrace()).directory()).isTrue();
    } finally {
      server.close();
    }
    assertThatThrownBy(() -> Targets.open(server.uri(), TargetOptions.defaults()))
        .isInstanceOfSatisfying(
            OperationException.class,
            gone -> assertThat(gone.kind()).isEqualTo(FailureKind.UNAVAILABLE));
  }

  @Test
  void saysInOneLineWhyItDidNotStart() throws Exception {
    Path file = Files.writeString(scratch.resolve("not-a-directory"), "");
    assertThatThrownBy(() -> ServerProcess.start(options(file.resolve("store").toString())))
        .isInstanceOf(OperationException.class)
        .hasMessageStartingWith("the embedded server did not start: mooseng-bench: ")
        .message()
        .contains("not-a-directory")
        .doesNotContain("\n");
  }

  @Test
  void canBeTriedOut() throws Exception {
    Map<SettingKey, List<String>> memory = Map.of(SettingKey.STORE, List.of("memory"));
    EmbeddedServers.check(RunSettings.parse(memory), scratch);
    assertThat(ProcessHandle.current().children()).noneMatch(ServerProcessTest::serves);
  }

  private static boolean serves(ProcessHandle process) {
    return process.info().commandLine().filter(line -> line.contains(" serve ")).isPresent();
  }
}
