package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.jmh.ClassArchive;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnCommandTest {

  @Test
  void twoJarsAreStartedAlike() {
    assertThat(OwnCommand.ofOneOfTwo(Path.of("old.jar")))
        .containsSubsequence(ClassArchive.WITHOUT, "-jar", "old.jar", "run");
    assertThat(OwnCommand.withoutArchive(List.of("java", "-XX:SharedArchiveFile=a.jsa", "-jar")))
        .containsExactly("java", "-jar");
    assertThat(OwnCommand.ofThis()).doesNotContain(ClassArchive.WITHOUT).endsWith("run");
  }
}
