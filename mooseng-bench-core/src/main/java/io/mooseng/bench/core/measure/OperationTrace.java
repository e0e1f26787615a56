package io.mooseng.bench.core.measure;

/**
 * What a driver tells about one operation while it performs it: round trips, retries and time per
 * stage.
 *
 * <p>One trace belongs to one operation at a time. Synchronous operations reuse the trace of their
 * thread; asynchronous ones take their own. Writes of an asynchronous operation happen one after
 * the other (the callbacks of one call are serial), so no locking is needed.
 */
public final class OperationTrace {

  private final long[] stageNanos = new long[Stage.values().length];
  private int roundTrips;
  private int retries;

  /** Counts one request/response exchange with the target. */
  public void roundTrip() {
    roundTrips++;
  }

  /** Counts a call that is made once more because it failed; its exchange is counted besides. */
  public void retry() {
    retries++;
  }

  /** Adds {@code nanos} to a stage of this operation. */
  public void add(Stage stage, long nanos) {
    stageNanos[stage.ordinal()] += nanos;
  }

  public int roundTrips() {
    return roundTrips;
  }

  /** Calls made once more; 0 if every call was made once. */
  public int retries() {
    return retries;
  }

  /** Nanoseconds spent in {@code stage}; 0 if the driver did not report it. */
  public long nanos(Stage stage) {
    return stageNanos[stage.ordinal()];
  }

  /** Makes the trace ready for the next operation. */
  public void reset() {
    java.util.Arrays.fill(stageNanos, 0);
    roundTrips = 0;
    retries = 0;
  }
}
