package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.jmh.PlanRunner;
import io.mooseng.bench.core.jmh.RunRoots;
import io.mooseng.bench.core.process.ScratchDirectory;
import io.mooseng.bench.core.report.TerminalSummary;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.result.RunStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What happens when the program is told to end (Ctrl-C, SIGTERM) in the middle of a run: the forks
 * end, what the run made on its targets is removed, the server ends, the finished results are
 * marked as those of an interrupted run and shown, and temporary files go.
 */
final class Interruption {

  private static final Duration ROUND = Duration.ofMillis(100);
  private static final int ROUNDS = 50;

  /** Schedulers kill by force 10 s (Docker) or 30 s (Kubernetes) after they asked. */
  private static final Duration CLEAN_UP_LIMIT = Duration.ofSeconds(8);

  /** What is killed ends at once, unless the kernel holds it. */
  private static final long END_SECONDS = 2;

  private final ScratchDirectory scratch;
  private final RunRoots roots;
  private final TerminalSummary summary;
  private final Thread hook = new Thread(this::end, "interruption");
  private volatile RunDirectory directory;
  private volatile PlanRunner runner;
  private volatile SoakJournal soak;
  private volatile boolean begun;

  /**
   * Armed from now on.
   *
   * @param anatomy whether to show where the time of operations went
   */
  Interruption(ScratchDirectory scratch, RunRoots roots, boolean anatomy) {
    this.scratch = scratch;
    this.roots = roots;
    this.summary = new TerminalSummary(false, anatomy);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Also marks the results that are written there. */
  void marks(RunDirectory results) {
    this.directory = results;
  }

  /** Also tells what a long run has shown so far. */
  void tells(SoakJournal samples) {
    this.soak = samples;
  }

  /** Also ends what {@code running} has started. */
  void ends(PlanRunner running) {
    this.runner = running;
    if (begun) {
      running.stop();
    }
  }

  /** Never returns if the program is being ended from outside. */
  void awaitIfBegun() {
    if (begun) {
      waitForTheEnd();
    }
  }

  /** The run has ended by itself; never returns if the program is being ended from outside. */
  void disarm() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      waitForTheEnd();
    }
  }

  /** The hook says and removes what there is; this thread must not do so, too. */
  private static void waitForTheEnd() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void end() {
    begun = true;
    PlanRunner running = runner;
    if (running != null) {
      running.stop();
    }
    RunDirectory results = directory;
    if (results != null) {
      results.finish(RunStatus.INTERRUPTED, Instant.now());
    }
    if (!cleanedUpInTime()) {
      System.err.println("left behind on a target: clean-up took too long; the next run does it");
    }
    endDescendants();
    System.err.println();
    System.err.println(
        results == null
            ? "interrupted before anything was measured"
            : "interrupted; finished results are in " + results.path());
    SoakJournal samples = soak;
    if (samples != null) {
      samples.lines().forEach(System.err::println);
    }
    try {
      scratch.close();
    } catch (IOException e) {
      System.err.println("left behind: " + scratch.path() + " (" + e.getMessage() + ")");
    }
    // Last: whoever asked this program to end may not wait for long.
    if (results != null && !results.run().results().isEmpty()) {
      System.out.print(summary.render(results.run(), results.path()));
      System.out.flush();
    }
  }

  private static void endDescendants() {
    List<ProcessHandle> descendants = ProcessHandle.current().descendants().toList();
    descendants.forEach(ProcessHandle::destroyForcibly);
    CompletableFuture<?>[] ends =
        descendants.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends).completeOnTimeout(null, END_SECONDS, TimeUnit.SECONDS).join();
    Leftovers.removeOfForks(System.err);
  }

  private boolean cleanedUpInTime() {
    Thread cleaner = new Thread(this::cleanUp, "interruption-clean-up");
    cleaner.setDaemon(true);
    cleaner.start();
    try {
      cleaner.join(CLEAN_UP_LIMIT.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return !cleaner.isAlive();
  }

  private void cleanUp() {
    PlanRunner running = runner;
    if (running != null) {
      endForks(running);
      running.close();
    }
    roots.close();
  }

  /**
   * A process that is being started at this moment is seen only later. What runs in this JVM
   * ({@code -f 0}, the model) cannot be ended, so there is a limit to the patience. Servers stay
   * for now: only a server can clean its store up.
   */
  private static void endForks(PlanRunner running) {
    try {
      int rounds = 0;
      do {
        PlanRunner.killForks();
      } while (!running.awaitEnd(ROUND) && ++rounds < ROUNDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
