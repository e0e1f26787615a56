package io.mooseng.bench.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.mooseng.bench.core.execution.OperationExecutor;
import io.mooseng.bench.core.execution.Replay;
import io.mooseng.bench.core.execution.ReplayPlan;
import io.mooseng.bench.core.measure.OperationRecorder;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.Target;
import io.mooseng.bench.core.target.memory.MemoryDriver;
import io.mooseng.bench.core.workload.mix.InitialFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay has as many threads as it can use, however many the trace asks for. */
@Timeout(60)
class ReplayLoopTest {

  private static final int MOST = 70;

  /** Threads of the JVM's own that may start meanwhile. */
  private static final int OTHERS = 50;

  @TempDir private Path directory;

  private final OperationRecorder recorder = new OperationRecorder();

  /** Operations that were all under way at once, of clients 0 and 1. */
  private ReplayPlan plan(int clients, int operations) throws IOException {
    StringBuilder lines =
        new StringBuilder(
            "{\"trace\":1,\"workload\":\"x\",\"seed\":1,\"clients\":%d,\"started\":\"2026-01-31T12:00:00Z\"}\n"
                .formatted(clients));
    for (int i = 0; i < operations; i++) {
      lines.append(
          "{\"t\":%d,\"c\":%d,\"op\":\"stat\",\"path\":\"f\",\"outcome\":\"ok\",\"ns\":1000000}\n"
              .formatted(i, i % 2));
    }
    return ReplayPlan.read("t", Files.writeString(directory.resolve("trace.jsonl"), lines));
  }

  private ReplayLoop loop(ReplayPlan plan) throws OperationException {
    MemoryDriver driver = new MemoryDriver();
    OperationExecutor executor =
        new OperationExecutor(new Target(driver, recorder, Ticker.SYSTEM), driver.root(), "", 1);
    for (InitialFile file : plan.files()) {
      executor.makeFile(file);
    }
    return new ReplayLoop(plan, new Replay(plan), executor, MOST);
  }

  private static long startedThreads() {
    return ManagementFactory.getThreadMXBean().getTotalStartedThreadCount();
  }

  @Test
  void whatWasABacklogHasNoThreads() throws Exception {
    ReplayPlan plan = plan(2, 400);
    assertThat(plan.mostUnderWay()).isEqualTo(400);
    ReplayLoop loop = loop(plan);
    long before = startedThreads();
    assertThat(loop.atRecordedTimes().started()).isEqualTo(400);
    assertThat(startedThreads() - before).isBetween((long) MOST, MOST + 1L + OTHERS);
    assertThat(recorder.drain().successes()).isEqualTo(400);
    assertThat(loop.warning())
        .contains(
            "up to 400 operations of the trace were under way at once, or waited to start;"
                + " here up to 70 are under way");
  }

  @Test
  void whatFitsIsNotWarnedOf() throws Exception {
    assertThat(loop(plan(2, MOST)).warning()).isEmpty();
  }

  @Test
  void clientsWithoutOperationsHaveNoThreads() throws Exception {
    ReplayLoop loop = loop(plan(3_000, 10));
    long before = startedThreads();
    loop.asSoonAsPossible();
    assertThat(startedThreads() - before).isBetween(2L, 2L + OTHERS);
    assertThat(recorder.drain().successes()).isEqualTo(10);
  }
}
