package io.mooseng.bench.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the program does if it is asked for nothing in particular keeps to the three minutes that
 * are promised: a benchmark that a profile takes in by mistake costs its minutes here.
 */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class QuickProfileIT {

  private static final Pattern ANNOUNCED =
      Pattern.compile("(\\d+) cells, (\\d+) forks, about (\\d+) min (\\d\\d) s; results in ");

  private static final int MOST_SECONDS = 190;

  @TempDir Path directory;

  @Test
  void itIsAnnouncedToTakeAboutThreeMinutes() throws Exception {
    BenchmarksJar jar = BenchmarksJar.in(directory);
    JarRun run;
    try (RunningJar running = jar.start()) {
      Await.until("a first fork", () -> running.stderr().contains("[1/"));
      running.interrupt();
      run = running.await();
    }
    Matcher announced = ANNOUNCED.matcher(run.stderr());
    assertThat(announced.find()).as(run.stderr()).isTrue();
    int seconds = 60 * Integer.parseInt(announced.group(3)) + Integer.parseInt(announced.group(4));
    assertThat(seconds).isLessThanOrEqualTo(MOST_SECONDS);
    assertThat(announced.group(1)).as("one fork of each").isEqualTo(announced.group(2));
    MarkedProcesses.awaitNone(jar.mark());
  }
}
