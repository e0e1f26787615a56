package io.mooseng.bench.core.load;

import io.mooseng.bench.core.simulation.EventQueue;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongUnaryOperator;

/**
 * Serves operations in virtual time, in the order they come, so many at once; the others wait in
 * it. Remembers all of them.
 */
final class VirtualServer implements ScheduledOperations {

  /** An operation, by the virtual clock. */
  record Served(long index, long intendedNanos, long startNanos, long endNanos) {
    long responseNanos() {
      return endNanos - intendedNanos;
    }

    long lagNanos() {
      return startNanos - intendedNanos;
    }
  }

  private final EventQueue events;
  private final int places;
  private final LongUnaryOperator serviceNanos;
  private final List<Served> served = new ArrayList<>();
  private final Deque<Runnable> waiting = new ArrayDeque<>();
  private int busy;
  private int underWay;
  private int mostUnderWay;

  /**
   * @param places served at once
   * @param serviceNanos of the operation with an index
   */
  VirtualServer(EventQueue events, int places, LongUnaryOperator serviceNanos) {
    this.events = events;
    this.places = places;
    this.serviceNanos = serviceNanos;
  }

  @Override
  public CompletableFuture<Void> start(long index, long intendedStartNanos) {
    CompletableFuture<Void> end = new CompletableFuture<>();
    long start = events.clock().nanoTime();
    mostUnderWay = Math.max(mostUnderWay, ++underWay);
    waiting.add(
        () ->
            events.schedule(
                serviceNanos.applyAsLong(index),
                () -> {
                  served.add(
                      new Served(index, intendedStartNanos, start, events.clock().nanoTime()));
                  busy--;
                  underWay--;
                  serveNext();
                  end.complete(null);
                }));
    serveNext();
    return end;
  }

  private void serveNext() {
    while (busy < places && !waiting.isEmpty()) {
      busy++;
      waiting.poll().run();
    }
  }

  /** In the order in which they ended. */
  List<Served> served() {
    return served;
  }

  int mostUnderWay() {
    return mostUnderWay;
  }
}
