package io.mooseng.bench.core.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneCompilerTest {

  private static final long MIB = 1 << 20;

  @TempDir Path directory;

  @Test
  void largeRunsOnFewProcessorsAreWorthAnotherJvm() {
    assertThat(OneCompiler.isWorthIt(2, 20 * MIB)).isTrue();
    assertThat(OneCompiler.isWorthIt(3, 500 * MIB)).isTrue();
    assertThat(OneCompiler.isWorthIt(2, 20 * MIB - 1)).isFalse();
    assertThat(OneCompiler.isWorthIt(4, 500 * MIB)).isFalse();
  }

  @Test
  void whoeverChoseCompilersIsNotOverruled() {
    assertThat(OneCompiler.isChosen(List.of("-Xmx1g", "-XX:TieredStopAtLevel=4"))).isTrue();
    assertThat(OneCompiler.isChosen(List.of("-Xmx1g"))).isFalse();
  }

  @Test
  void runsAreDirectoriesOrFiles() throws IOException {
    Path run = Files.createDirectory(directory.resolve("run"));
    Path file = directory.resolve("other.json");
    sized(run.resolve("run.json"), 3 * MIB);
    sized(run.resolve("histograms.hlog"), MIB);
    sized(file, 2 * MIB);
    List<String> arguments =
        List.of("compare", run.toString(), "--noise", "none", file.toString(), "\0", "missing");
    assertThat(OneCompiler.bytes(arguments)).isEqualTo(5 * MIB);
  }

  private static void sized(Path file, long bytes) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
  }
}
