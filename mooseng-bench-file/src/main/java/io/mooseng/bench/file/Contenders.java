package io.mooseng.bench.file;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.model.FailureKind;
import io.mooseng.bench.core.model.OperationException;
import io.mooseng.bench.core.target.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Client threads that set off at the same moment, all after something only one of them can have.
 * For one caller at a time.
 */
final class Contenders implements AutoCloseable {

  private final int count;
  private final Ticker ticker;
  private final ExecutorService threads;

  /**
   * @param ticker the clock that operations are measured by
   */
  Contenders(int count, Ticker ticker) {
    this.count = count;
    this.ticker = ticker;
    this.threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "contender");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** What one of them does; fails with ALREADY_EXISTS if another was first. */
  @FunctionalInterface
  interface Attempt {
    void make(int contender, OperationTrace trace) throws OperationException;
  }

  /**
   * How a race was decided.
   *
   * @param winner the one that had it, from 0
   * @param late how many were told that another had it
   */
  record Decision(int winner, int late) {}

  /**
   * Has all of them stand at the start, each in a thread that waits for nothing else.
   *
   * @param attempt what each will try once
   */
  Race lineUp(Attempt attempt) throws InterruptedException {
    StartLine line = new StartLine();
    List<Future<Finish>> attempts = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int contender = i;
      attempts.add(threads.submit(() -> attempt(line, attempt, contender)));
    }
    line.awaitAll(count);
    return new Race(line, attempts);
  }

  private Finish attempt(StartLine line, Attempt attempt, int contender)
      throws InterruptedException {
    OperationTrace trace = new OperationTrace();
    line.awaitStart();
    long startNanos = ticker.nanoTime();
    OperationException failure = null;
    try {
      attempt.make(contender, trace);
    } catch (OperationException e) {
      failure = e;
    }
    return new Finish(startNanos, ticker.nanoTime(), failure, trace);
  }

  /**
   * How one of them ended.
   *
   * @param failure null if it had what all were after
   */
  private record Finish(
      long startNanos, long endNanos, OperationException failure, OperationTrace trace) {

    boolean isLate() {
      return failure != null && failure.kind() == FailureKind.ALREADY_EXISTS;
    }
  }

  /** A race that has not begun. */
  final class Race {

    private final StartLine line;
    private final List<Future<Finish>> attempts;

    private Race(StartLine line, List<Future<Finish>> attempts) {
      this.line = line;
      this.attempts = attempts;
    }

    /**
     * Lets all of them try and waits for all.
     *
     * @param trace is told the calls of all of them, and the stages of the one that ended last,
     *     which is what the race lasted for
     * @throws OperationException of kind CORRUPT if not exactly one had it; as one of them failed,
     *     other than by being late
     */
    Decision run(OperationTrace trace) throws OperationException {
      long startNanos = ticker.nanoTime();
      line.open();
      List<Finish> finishes = new ArrayList<>();
      OperationException defect = null;
      for (Future<Finish> attempt : attempts) {
        try {
          finishes.add(attempt.get());
        } catch (ExecutionException e) {
          defect = Target.failureOf(e.getCause());
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw OperationException.light(FailureKind.INTERNAL, "interrupted");
        }
      }
      if (defect != null) {
        throw defect;
      }
      tell(trace, finishes, startNanos, ticker.nanoTime());
      return decision(finishes);
    }
  }

  /** Nothing of the stages if the contenders know none. */
  private static void tell(
      OperationTrace trace, List<Finish> finishes, long startNanos, long endNanos) {
    Finish last = finishes.get(0);
    for (Finish finish : finishes) {
      trace.addCalls(finish.trace());
      last = finish.endNanos() - last.endNanos() > 0 ? finish : last;
    }
    if (last.trace().stepNanos() > 0) {
      trace.add(Stage.QUEUE, last.startNanos() - startNanos);
      trace.addStages(last.trace());
      trace.add(Stage.CLOSE, endNanos - last.endNanos());
    }
  }

  private Decision decision(List<Finish> finishes) throws OperationException {
    List<Integer> winners = new ArrayList<>();
    int late = 0;
    for (int i = 0; i < finishes.size(); i++) {
      Finish finish = finishes.get(i);
      if (finish.failure() == null) {
        winners.add(i);
      } else if (finish.isLate()) {
        late++;
      } else {
        throw finish.failure();
      }
    }
    if (winners.size() != 1) {
      throw OperationException.light(
          FailureKind.CORRUPT,
          winners.size() + " of " + count + " clients were told that they alone have the name");
    }
    return new Decision(winners.get(0), late);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** Holds contenders back until the race begins. Safe for use by any number of threads. */
  private static final class StartLine {

    private int waiting;
    private boolean open;

    synchronized void awaitStart() throws InterruptedException {
      waiting++;
      notifyAll();
      while (!open) {
        wait();
      }
    }

    /** Returns when so many wait, and do nothing else. */
    synchronized void awaitAll(int count) throws InterruptedException {
      while (waiting < count) {
        wait();
      }
    }

    synchronized void open() {
      open = true;
      notifyAll();
    }
  }
}
