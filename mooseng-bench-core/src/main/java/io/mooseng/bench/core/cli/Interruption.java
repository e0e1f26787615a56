package io.mooseng.bench.core.cli;

import io.mooseng.bench.core.jmh.PlanRunner;
import io.mooseng.bench.core.process.ScratchDirectory;
import io.mooseng.bench.core.result.RunDirectory;
import io.mooseng.bench.core.result.RunStatus;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * What happens when the program is told to end (Ctrl-C, SIGTERM) in the middle of a run: the forks
 * and the server end, the finished results are marked as those of an interrupted run, and temporary
 * files go.
 */
final class Interruption {

  private static final Duration ROUND = Duration.ofMillis(100);
  private static final int ROUNDS = 50;

  private final RunDirectory directory;
  private final ScratchDirectory scratch;
  private final Thread hook = new Thread(this::end, "interruption");
  private volatile PlanRunner runner;
  private volatile boolean begun;

  /** Armed from now on. */
  Interruption(RunDirectory directory, ScratchDirectory scratch) {
    this.directory = directory;
    this.scratch = scratch;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Also ends what {@code running} has started. */
  void ends(PlanRunner running) {
    this.runner = running;
    if (begun) {
      running.stop();
    }
  }

  /** The run has ended by itself. */
  void disarm() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The program is ending already, and the hook with it.
    }
  }

  private void end() {
    begun = true;
    PlanRunner running = runner;
    if (running != null) {
      running.stop();
    }
    directory.finish(RunStatus.INTERRUPTED, Instant.now());
    if (running == null) {
      endProcesses();
    } else {
      end(running);
    }
    System.err.println();
    System.err.println("interrupted; finished results are in " + directory.path());
    try {
      scratch.close();
    } catch (IOException e) {
      System.err.println("left behind: " + scratch.path() + " (" + e.getMessage() + ")");
    }
  }

  /**
   * A process that is being started at this moment is seen only later. What runs in this JVM
   * ({@code -f 0}, the model) cannot be ended, so there is a limit to the patience.
   */
  private static void end(PlanRunner running) {
    try {
      int rounds = 0;
      do {
        endProcesses();
      } while (!running.awaitEnd(ROUND) && ++rounds < ROUNDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    running.close();
  }

  private static void endProcesses() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
  }
}
