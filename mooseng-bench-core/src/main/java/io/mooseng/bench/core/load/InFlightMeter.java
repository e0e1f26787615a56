package io.mooseng.bench.core.load;

/** Counts operations under way, and their average over time. Safe for use by any threads. */
final class InFlightMeter {

  private final long beginNanos;
  private long lastNanos;
  private double operationNanos;
  private int inFlight;

  InFlightMeter(long beginNanos) {
    this.beginNanos = beginNanos;
    this.lastNanos = beginNanos;
  }

  /** So many more operations, or fewer, are under way from {@code nanos} on. */
  synchronized void change(int operations, long nanos) {
    // Threads may come here in another order than they read the clock; by next to nothing.
    long elapsed = Math.max(0, nanos - lastNanos);
    operationNanos += (double) inFlight * elapsed;
    lastNanos += elapsed;
    inFlight += operations;
  }

  /** Operations under way at once from the begin to the latest change, averaged over time. */
  synchronized double mean() {
    long elapsed = lastNanos - beginNanos;
    return elapsed == 0 ? 0 : operationNanos / elapsed;
  }
}
