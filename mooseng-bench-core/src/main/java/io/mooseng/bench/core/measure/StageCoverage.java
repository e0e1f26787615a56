package io.mooseng.bench.core.measure;

import io.mooseng.bench.core.model.Quantity;
import java.util.Map;

/**
 * How much of the time of operations their steps explain: of all operations taken together, and how
 * many of them are, each by itself, not explained. For one thread at a time.
 */
final class StageCoverage {

  /** The steps of an operation must be within a twentieth of its latency, which is 5 %. */
  private static final int TOLERANCE = 20;

  private long operations;
  private long misfits;
  private long latencyNanos;
  private long stepNanos;
  private long implausibleCalls;

  /** Counts one operation, whether its driver reported steps or not. */
  void add(long latency, OperationTrace trace) {
    long steps = trace.stepNanos();
    operations++;
    implausibleCalls += trace.implausibleCalls();
    latencyNanos += latency;
    stepNanos += steps;
    if (Math.abs(steps - latency) * TOLERANCE > latency) {
      misfits++;
    }
  }

  void add(StageCoverage other) {
    operations += other.operations;
    misfits += other.misfits;
    latencyNanos += other.latencyNanos;
    stepNanos += other.stepNanos;
    implausibleCalls += other.implausibleCalls;
  }

  void clear() {
    operations = 0;
    misfits = 0;
    latencyNanos = 0;
    stepNanos = 0;
    implausibleCalls = 0;
  }

  /** Adds what is known to the values of an interval: nothing if no driver reported a step. */
  void note(Map<Quantity, Double> values) {
    if (implausibleCalls > 0) {
      values.put(Quantity.IMPLAUSIBLE_TIMES, (double) implausibleCalls);
    }
    if (stepNanos > 0 && latencyNanos > 0) {
      values.put(Quantity.STAGE_COVERAGE, (double) stepNanos / latencyNanos);
      values.put(Quantity.STAGE_MISFITS, (double) misfits / operations);
    }
  }
}
