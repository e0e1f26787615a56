package io.mooseng.bench.multiregion.failover;

import java.time.Duration;
import java.util.Objects;

/**
 * One thing that is done to a region.
 *
 * @param at since the load began
 * @param region a region, or {@code leader}, {@code nearest} or {@code farthest}: who that is when
 *     the load begins
 * @param by of {@link FaultAction#SLOW}: how much longer each way takes; else zero
 */
public record FaultStep(Duration at, FaultAction action, String region, Duration by) {
  public FaultStep {
    Objects.requireNonNull(region);
    if (at.isNegative() || by.isNegative()) {
      throw new IllegalArgumentException("times before the beginning are not accepted");
    }
    if ((action == FaultAction.SLOW) == by.isZero()) {
      throw new IllegalArgumentException("'by' belongs to 'slow', and to nothing else");
    }
  }

  @Override
  public String toString() {
    return action.label() + " " + region + (by.isZero() ? "" : " by " + by.toMillis() + " ms");
  }
}
