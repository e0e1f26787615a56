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
  void largeRunsOnFewProcessorsAreWorthAnotherJvm() throws IOException {
    String large = file("large.json", 20 * MIB);
    String half = file("half.json", 10 * MIB);
    String less = file("less.json", 20 * MIB - 1);
    for (String command : List.of("compare", "merge", "report")) {
      assertThat(OneCompiler.isWorthIt(List.of(command, large), 2)).isTrue();
      assertThat(OneCompiler.isWorthIt(List.of(command, half, half), 3)).isTrue();
      assertThat(OneCompiler.isWorthIt(List.of(command, less), 2)).isFalse();
      assertThat(OneCompiler.isWorthIt(List.of(command, large), 4)).isFalse();
    }
  }

  /** Runs take over the options of the JVM that starts them: they would have one compiler, too. */
  @Test
  void nothingThatMeasuresIsRunSo() throws IOException {
    String large = file("large.jar", 50 * MIB);
    for (List<String> measures :
        List.of(
            List.<String>of(),
            List.of(large),
            List.of("run", large),
            List.of("aa", large),
            List.of("gate", "--baseline", large, large),
            List.of("compare", "--jar-a", large, "--jar-b", large),
            List.of("compare", "--jar-a=" + large, "--jar-b", large),
            List.of("compare", "--target", "a", "--target", "b", "--provider-jar", large))) {
      assertThat(OneCompiler.isWorthIt(measures, 2)).as("%s", measures).isFalse();
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

  private String file(String name, long bytes) throws IOException {
    Path file = directory.resolve(name);
    sized(file, bytes);
    return file.toString();
  }

  private static void sized(Path file, long bytes) throws IOException {
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(bytes);
    }
  }
}
