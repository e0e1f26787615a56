package io.mooseng.bench.core.simulation;

/**
 * A resource that serves first come, first served, with a number of equal servers: the cores of a
 * machine, or with one server, a link. Used by one thread.
 */
final class Station {

  private final EventQueue events;
  private final long[] freeAtNanos;

  Station(EventQueue events, int servers) {
    this.events = events;
    this.freeAtNanos = new long[servers];
  }

  /** Serves a customer who arrives now, and then runs {@code served}. */
  void serve(long serviceNanos, Runnable served) {
    int first = 0;
    for (int i = 1; i < freeAtNanos.length; i++) {
      if (freeAtNanos[i] < freeAtNanos[first]) {
        first = i;
      }
    }
    long now = events.clock().nanoTime();
    freeAtNanos[first] = Math.max(now, freeAtNanos[first]) + serviceNanos;
    events.schedule(freeAtNanos[first] - now, served);
  }
}
