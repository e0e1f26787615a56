package io.mooseng.bench.core.measure;

import io.mooseng.bench.core.model.FailureKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is known of one operation besides its times: when it was meant to start, what kind it is,
 * and what a driver tells while it performs it: round trips, retries and time per stage.
 *
 * <p>One trace belongs to one operation at a time. Synchronous operations reuse the trace of their
 * thread; asynchronous ones take their own. Writes of an asynchronous operation happen one after
 * the other (the callbacks of one call are serial), so no locking is needed.
 */
public final class OperationTrace {

  private static final int STAGES = Stage.values().length;

  private final long[] stageNanos = new long[STAGES];

  /** Made with the first retry: most operations have none, and every one has a trace. */
  private int[] retriesByKind;

  private long stepNanos;
  private int roundTrips;
  private int retries;
  private int splitCalls;
  private int implausibleCalls;
  private boolean scheduled;
  private long intendedStartNanos;
  private String operation;
  private long startNanos;
  private long endNanos;

  /** Null until something is noted, which only happens where operations are written down. */
  private List<NotedCall> calls;

  /** The operation is one of a schedule, which wanted it to start at this time of the clock. */
  public void intendedStart(long nanos) {
    scheduled = true;
    intendedStartNanos = nanos;
  }

  /** The operation is one of a mix; {@code kind} is its name in result files. */
  public void operation(String kind) {
    operation = kind;
  }

  /** Both times of the operation are known; {@link OperationRecorder} says so. */
  void ended(long start, long end) {
    startNanos = start;
    endNanos = end;
  }

  /** Keeps a call that was made for the operation until it was recorded. */
  public void note(NotedCall call) {
    if (calls == null) {
      calls = new ArrayList<>();
    }
    calls.add(call);
  }

  /** What was noted, in the order in which it was. */
  public List<NotedCall> calls() {
    return calls == null ? List.of() : calls;
  }

  /** Counts one request/response exchange with the target. */
  public void roundTrip() {
    roundTrips++;
  }

  /**
   * Counts a call that is made once more because it failed; its exchange is counted besides.
   *
   * @param failed with what
   */
  public void retry(FailureKind failed) {
    addRetries(failed, 1);
  }

  private void addRetries(FailureKind failed, int count) {
    if (retriesByKind == null) {
      retriesByKind = new int[FailureKind.values().length];
    }
    retries += count;
    retriesByKind[failed.ordinal()] += count;
  }

  /**
   * Counts the calls of a part of this operation, whose steps are not among its own, and takes over
   * what was noted of them. A thread that performed the part must be done with it.
   */
  public void addCalls(OperationTrace part) {
    roundTrips += part.roundTrips;
    if (part.retries > 0) {
      for (FailureKind failed : FailureKind.values()) {
        addRetries(failed, part.retries(failed));
      }
    }
    splitCalls += part.splitCalls;
    implausibleCalls += part.implausibleCalls;
    part.calls().forEach(this::note);
  }

  /** Adds the stages of a part of this operation, but not its calls. */
  public void addStages(OperationTrace part) {
    for (int i = 0; i < STAGES; i++) {
      stageNanos[i] += part.stageNanos[i];
    }
    stepNanos += part.stepNanos;
  }

  /**
   * Splits the time of one round trip that has ended by what its server told, all of it times of
   * one clock. Times that cannot be true are counted and not used.
   *
   * @param sent when the client began to send
   * @param received when the server received it
   * @param finished when the server had answered
   * @param ended when the client had the answer
   */
  public void split(long sent, long received, long finished, long ended) {
    // nanoTime values may overflow, so they are compared by difference only (System.nanoTime).
    if (received - sent < 0 || finished - received < 0 || ended - finished < 0) {
      implausibleCalls++;
      return;
    }
    splitCalls++;
    add(Stage.REQUEST, received - sent);
    add(Stage.SERVER, finished - received);
    add(Stage.ANSWER, ended - finished);
  }

  /** Whether every round trip was split: only then do the parts tell of the operation. */
  public boolean isSplit() {
    return splitCalls > 0 && splitCalls == roundTrips;
  }

  /** Round trips whose servers told times that cannot be true. */
  public int implausibleCalls() {
    return implausibleCalls;
  }

  /** Adds {@code nanos} to a stage of this operation. */
  public void add(Stage stage, long nanos) {
    stageNanos[stage.ordinal()] += nanos;
    if (stage.role() == Stage.Role.STEP) {
      stepNanos += nanos;
    }
  }

  /** The sum of all steps, which is the time of the operation if the driver left no gap. */
  public long stepNanos() {
    return stepNanos;
  }

  public int roundTrips() {
    return roundTrips;
  }

  /** Calls made once more; 0 if every call was made once. */
  public int retries() {
    return retries;
  }

  /** Calls made once more that had failed with this. */
  public int retries(FailureKind failed) {
    return retriesByKind == null ? 0 : retriesByKind[failed.ordinal()];
  }

  /** Whether {@link #intendedStartNanos} means something. */
  public boolean scheduled() {
    return scheduled;
  }

  public long intendedStartNanos() {
    return intendedStartNanos;
  }

  /** The kind in a mix of operations; null outside of one. */
  public String operation() {
    return operation;
  }

  /** When the operation was started; known once it was recorded. */
  public long startNanos() {
    return startNanos;
  }

  /** When its result was complete, on the same clock; known once it was recorded. */
  public long endNanos() {
    return endNanos;
  }

  /** Nanoseconds spent in {@code stage}; 0 if the driver did not report it. */
  public long nanos(Stage stage) {
    return stageNanos[stage.ordinal()];
  }

  /** Makes the trace ready for the next operation. */
  public void reset() {
    Arrays.fill(stageNanos, 0);
    stepNanos = 0;
    roundTrips = 0;
    if (retries > 0) {
      Arrays.fill(retriesByKind, 0);
    }
    retries = 0;
    splitCalls = 0;
    implausibleCalls = 0;
    scheduled = false;
    operation = null;
    calls = null;
  }
}
