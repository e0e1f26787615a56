package io.mooseng.bench.core.jmh;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.target.TargetDriver;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Sessions that the drivers of a fork lost, by iteration. Drivers may be added by any thread; asked
 * by one at a time.
 */
final class LostSessions {

  private final List<TargetDriver> drivers = new CopyOnWriteArrayList<>();
  private long told;

  /** A driver whose sessions count from now on; it may be closed before its last are told. */
  TargetDriver of(TargetDriver driver) {
    drivers.add(driver);
    return driver;
  }

  /** Those lost since this was asked the last time; nothing if there are none. */
  Map<Quantity, Double> sinceLast() {
    long all = drivers.stream().mapToLong(TargetDriver::sessionsLost).sum();
    long more = all - told;
    told = all;
    return more == 0 ? Map.of() : Map.of(Quantity.SESSIONS_LOST, (double) more);
  }
}
