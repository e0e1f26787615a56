package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.target.TargetOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ForkLaunchTest {

  @TempDir private Path directory;

  @AfterEach
  void forgetSettings() {
    System.clearProperty(ForkSettings.PROPERTY);
  }

  @Test
  void whatAnEarlierForkOfTheSameSettingsRecordedIsForgotten() throws IOException {
    Path logFile = directory.resolve("fork.jsonl");
    Path settings = directory.resolve("fork.json");
    ForkSettings.of(
            null,
            TargetAccess.PLAIN,
            WorkloadFiles.NONE,
            1,
            TargetOptions.defaults(),
            null,
            logFile)
        .writeTo(settings);
    new ForkLog(logFile).append(FailureKind.INTERNAL, "in the warm-up fork");
    System.setProperty(ForkSettings.PROPERTY, settings.toString());

    new ForkLaunch("").beforeTrial(null);

    assertThat(new ForkLog(logFile).read())
        .usingRecursiveComparison()
        .isEqualTo(new ForkLog.Content(List.of(), Optional.empty(), List.of(), Optional.empty()));
  }

  @Test
  void aRunWithoutSettingsHasNothingToForget() {
    new ForkLaunch("").beforeTrial(null);

    assertThat(directory).isEmptyDirectory();
  }
}
