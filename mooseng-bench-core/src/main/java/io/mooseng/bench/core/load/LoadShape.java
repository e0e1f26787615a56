package io.mooseng.bench.core.load;

import io.mooseng.bench.core.model.ArrivalProcess;
import io.mooseng.bench.core.model.LatencyObjective;
import io.mooseng.bench.core.model.Rate;
import io.mooseng.bench.core.model.ScheduleLength;
import io.mooseng.bench.core.workload.arrival.ArrivalSchedule;
import java.time.Duration;

/**
 * How operations are offered to a target.
 *
 * @param length of the schedule that is reported
 * @param inFlight most operations at once
 */
public record LoadShape(
    RateChoice rate, ArrivalProcess arrival, ScheduleLength length, int inFlight) {

  public LoadShape {
    if (rate instanceof RateChoice.Highest highest) {
      requireEnoughOperations(highest.objective(), length);
    }
  }

  /**
   * Reads a shape, as benchmark parameters write it.
   *
   * @throws IllegalArgumentException naming a value and what is accepted
   */
  public static LoadShape parse(String rate, String arrival, String length, int inFlight) {
    return new LoadShape(
        RateChoice.parse(rate),
        ArrivalProcess.parse(arrival),
        ScheduleLength.parse(length),
        inFlight);
  }

  private static void requireEnoughOperations(LatencyObjective objective, ScheduleLength length) {
    double most = RateSearch.HIGHEST.operationsPerSecond() * length.duration().toNanos() / 1e9;
    if (most < objective.requiredSamples()) {
      throw new IllegalArgumentException(
          "%s cannot be judged by fewer than %d operations, and a schedule of %s has at most %.0f"
              .formatted(objective, objective.requiredSamples(), length, most));
    }
  }

  /** The intended starts at a rate, over some time; the same ones for the same seed. */
  public ArrivalSchedule schedule(Rate offered, Duration duration, long seed) {
    return switch (arrival) {
      case CONSTANT -> ArrivalSchedule.constant(offered, duration);
      case POISSON -> ArrivalSchedule.poisson(offered, duration, seed);
    };
  }

  /** About how long it takes, a search included. */
  public Duration expected() {
    return rate instanceof RateChoice.Highest
        ? RateSearch.expected(length.duration())
        : length.duration();
  }
}
