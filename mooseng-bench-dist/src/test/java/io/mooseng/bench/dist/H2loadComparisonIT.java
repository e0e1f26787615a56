package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * h2load and our client ask one server the same, and both get right answers; at what speed is no
 * matter here.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
@Tag("acceptance")
class H2loadComparisonIT {

  private static final Path SCRIPT = Path.of("..", "deploy", "h2load", "compare");

  @TempDir Path directory;

  @Test
  void bothGetRightAnswers() throws Exception {
    for (String tool : new String[] {"h2load", "curl", "bash"}) {
      if (!installed(tool)) {
        String reason = "skipped: " + tool + " is not installed (Debian: nghttp2-client, curl)";
        System.out.println(reason);
        abort(reason);
      }
    }
    Path output = directory.resolve("output");
    ProcessBuilder builder =
        new ProcessBuilder(
                "bash",
                SCRIPT.toAbsolutePath().toString(),
                "--rounds",
                "1",
                "--seconds",
                "3",
                "1x1",
                "2x5")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile());
    builder.environment().put("BENCHMARKS_JAR", BenchmarksJar.FILE.toAbsolutePath().toString());
    builder.environment().put("WARMUP_SECONDS", "1");
    builder.environment().put("TMPDIR", directory.toString());
    int exitCode = builder.start().waitFor();
    String text = Files.readString(output);
    assertThat(exitCode).as(text).isZero();
    assertThat(text).contains("all answers right: ");
    for (String shape : new String[] {"1x1", "2x5"}) {
      assertThat(text)
          .containsPattern(
              Pattern.compile(
                  shape + " +round 1: h2load [1-9][\\d.]* req/s, ours [1-9][\\d.]* req/s"));
    }
  }

  private static boolean installed(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .anyMatch(path -> Files.isExecutable(Path.of(path, tool)));
  }
}
