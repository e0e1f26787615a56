package io.mooseng.bench.core.workload.arrival;

import java.time.Duration;

/** How long a schedule may be. */
final class Durations {

  private Durations() {}

  static void requireUsable(Duration duration) {
    if (duration.isNegative()
        || duration.isZero()
        || duration.compareTo(ArrivalSchedule.LONGEST) > 0) {
      throw new IllegalArgumentException(
          "a schedule of %s; accepted: above 0 s, up to %d days"
              .formatted(duration, ArrivalSchedule.LONGEST.toDays()));
    }
  }
}
