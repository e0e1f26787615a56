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
  void nothingThatMeasuresIsRunSo() {
    assertThat(OneCompiler.onlyReads(List.of("compare", "base", "candidate"))).isTrue();
    assertThat(OneCompiler.onlyReads(List.of("report", "run"))).isTrue();
    assertThat(OneCompiler.onlyReads(List.of("merge", "run", "run"))).isTrue();
    for (List<String> measures :
        List.of(
            List.<String>of(),
            List.of("MetadataBenchmark"),
            List.of("run", "compare"),
            List.of("aa", "compare"),
            List.of("gate", "--baseline", "base", "candidate"),
            List.of("compare", "--jar-a", "a.jar", "--jar-b", "b.jar"),
            List.of("compare", "--jar-a=a.jar", "--jar-b=b.jar"),
            List.of("compare", "--target", "a", "--target", "b"))) {
      assertThat(OneCompiler.onlyReads(measures)).as("%s", measures).isFalse();
    }
  }

  @Test
  void whoeverChoseHowTheJvmWorksIsNotOverruled() {
    assertThat(
            OneCompiler.areHarmless(
                List.of("-Xmx1g", "-Djava.io.tmpdir=a b", "-XX:ActiveProcessorCount=2")))
        .isTrue();
    for (String option :
        List.of(
            "-XX:TieredStopAtLevel=4",
            "-Xint",
            "-XX:StartFlightRecording=filename=a.jfr",
            "-agentlib:jdwp=transport=dt_socket,server=y,address=5005",
            "-javaagent:a.jar",
            "-Dcom.sun.management.jmxremote.port=9010")) {
      assertThat(OneCompiler.areHarmless(List.of("-Xmx1g", option))).as(option).isFalse();
    }
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
