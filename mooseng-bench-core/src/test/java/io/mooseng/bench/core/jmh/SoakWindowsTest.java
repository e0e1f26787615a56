package io.mooseng.bench.core.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.RecordedInterval;
import io.mooseng.bench.core.plan.Cell;
import io.mooseng.bench.core.result.ResultRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoakWindowsTest {

  private static final Instant BEGIN = Instant.parse("2026-03-01T10:20:30Z");
  private static final long SECOND = 1_000_000_000L;

  @TempDir private Path directory;

  private final List<ProgressListener.Window> heard = new ArrayList<>();
  private long now = 42;

  private final ProgressListener listener =
      new ProgressListener() {
        @Override
        public void windowMeasured(Window window) {
          heard.add(window);
        }

        @Override
        public void forkStarted(Cell cell, int cellNumber, int fork) {}

        @Override
        public void iterationStarted(boolean warmup, int iteration, int of) {}

        @Override
        public void rowFinished(ResultRecord row) {}

        @Override
        public void preparing(String what) {}
      };

  private SoakWindows windows(ForkLog log) {
    SoakWindows windows =
        new SoakWindows(Duration.ofSeconds(10), new ForkLog.Tail(log), () -> now, listener);
    windows.begin(BEGIN);
    return windows;
  }

  private static RecordedInterval interval(int operations) {
    OperationRecorder recorder = new OperationRecorder();
    for (int i = 0; i < operations; i++) {
      recorder.success(i, i + 700, 0);
    }
    return recorder.drain();
  }

  private void iterate(SoakWindows windows, ForkLog log, long seconds, int operations) {
    log.append(interval(operations));
    now += seconds * SECOND;
    windows.iterationEnded();
  }

  @Test
  void iterationsAreJoinedUntilTheWindowIsFull() {
    ForkLog log = new ForkLog(directory.resolve("fork.jsonl"));
    SoakWindows windows = windows(log);
    iterate(windows, log, 4, 1);
    iterate(windows, log, 4, 2);
    assertThat(heard).isEmpty();
    iterate(windows, log, 4, 3);
    iterate(windows, log, 10, 7);
    assertThat(heard).extracting(ProgressListener.Window::number).containsExactly(0, 1);
    ProgressListener.Window first = heard.get(0);
    assertThat(first.from()).isEqualTo(BEGIN);
    assertThat(first.until()).isEqualTo(BEGIN.plusSeconds(12));
    assertThat(first.measured().latencyNanos().getTotalCount()).isEqualTo(1 + 2 + 3);
    assertThat(first.measured().fork().iterations()).hasSize(3);
    assertThat(heard.get(1).from()).isEqualTo(first.until());
    assertThat(heard.get(1).measured().latencyNanos().getTotalCount()).isEqualTo(7);
  }

  @Test
  void anIterationThatEndsALittleEarlyIsAWindow() {
    ForkLog log = new ForkLog(directory.resolve("fork.jsonl"));
    SoakWindows windows = windows(log);
    log.append(interval(1));
    now += 10 * SECOND - 1_000_000;
    windows.iterationEnded();
    assertThat(heard).hasSize(1);
  }

  @Test
  void whatIsLeftAtTheEndCountsFromHalfAWindowOn() {
    ForkLog log = new ForkLog(directory.resolve("fork.jsonl"));
    SoakWindows windows = windows(log);
    iterate(windows, log, 4, 1);
    windows.end();
    assertThat(heard).isEmpty();
    iterate(windows, log, 2, 1);
    windows.end();
    assertThat(heard).hasSize(1);
    windows.end();
    assertThat(heard).as("told once").hasSize(1);
  }

  @Test
  void aForkThatNeverMeasuredHasNone() {
    ForkLog log = new ForkLog(directory.resolve("fork.jsonl"));
    new SoakWindows(Duration.ofSeconds(10), new ForkLog.Tail(log), () -> now, listener).end();
    assertThat(heard).isEmpty();
  }
}
