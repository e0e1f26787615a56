package io.mooseng.bench.core.load;

import io.mooseng.bench.core.measure.Ticker;
import io.mooseng.bench.core.simulation.EventQueue;
import java.util.function.BooleanSupplier;

/** Waits by letting the events of virtual time happen. */
final class VirtualPacing implements Pacing {

  private final EventQueue events;

  VirtualPacing(EventQueue events) {
    this.events = events;
  }

  @Override
  public Ticker ticker() {
    return events.clock();
  }

  @Override
  public void sleepUntil(long nanos) {
    await(() -> false, nanos - events.clock().nanoTime());
  }

  @Override
  public void await(BooleanSupplier condition, long mostNanos) {
    if (mostNanos == Long.MAX_VALUE) {
      events.runUntil(condition);
    } else if (mostNanos > 0) {
      boolean[] over = new boolean[1];
      events.schedule(mostNanos, () -> over[0] = true);
      events.runUntil(() -> over[0] || condition.getAsBoolean());
    }
  }

  @Override
  public void signal() {}
}
