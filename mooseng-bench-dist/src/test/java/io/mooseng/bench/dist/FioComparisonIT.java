package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/fio/compare}, one round of its small files. Skipped where fio is not installed. */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
@Tag("acceptance")
class FioComparisonIT {

  /** A cell, both times, the ratio and its range, the goal and whether it was met. */
  private static final String ROW =
      "%s +[0-9.]+ us +[0-9.]+ us +[0-9.]+ \\([0-9.]+ to [0-9.]+\\) .*: (met|missed)";

  @TempDir Path directory;

  @Test
  void showsBothAndTheirRatio() throws IOException, InterruptedException {
    Path target = Files.createDirectory(directory.resolve("target"));

    JarRun run =
        new Script(directory)
            .runIfAvailable("fio/compare", "--rounds", "1", "--only", "4KB", target.toString())
            .exited(0);

    List<String> lines = run.stdout().lines().toList();
    assertThat(lines.get(0)).contains("fio-", target.toString());
    assertThat(lines).filteredOn(line -> line.contains("4KB")).hasSize(2);
    assertThat(lines).anyMatch(line -> line.matches(ROW.formatted("write 4KB")));
    assertThat(lines).anyMatch(line -> line.matches(ROW.formatted("read 4KB")));
    try (Stream<Path> left = Files.list(target)) {
      assertThat(left).isEmpty();
    }
  }
}
