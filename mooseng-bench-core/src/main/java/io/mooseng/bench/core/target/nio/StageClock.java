package io.mooseng.bench.core.target.nio;

import io.mooseng.bench.core.measure.OperationTrace;
import io.mooseng.bench.core.measure.Stage;
import io.mooseng.bench.core.measure.Ticker;

/**
 * Tells a trace how long each stage of one operation takes, without gaps between them. Used by one
 * thread at a time.
 */
final class StageClock {

  private final OperationTrace trace;
  private long stageStart = Ticker.SYSTEM.nanoTime();

  /** The operation starts now. */
  StageClock(OperationTrace trace) {
    this.trace = trace;
  }

  /** All time since the previous stage ended was spent in {@code stage}. */
  void end(Stage stage) {
    long now = Ticker.SYSTEM.nanoTime();
    trace.add(stage, now - stageStart);
    stageStart = now;
  }
}
