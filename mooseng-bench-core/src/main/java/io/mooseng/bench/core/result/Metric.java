package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.Direction;

/**
 * One number of a row.
 *
 * @param value null where there is none, for instance a percentile of too few samples
 * @param direction which way is better
 * @param ci95 95 % confidence interval between forks; null with fewer than two forks, and where an
 *     interval means nothing
 * @param n how many samples {@code value} rests on; {@link Metrics} says of what
 */
public record Metric(Double value, String unit, Direction direction, Interval ci95, long n) {

  public Metric {
    Frozen.requireFinite("value", value);
    Frozen.requireText("unit", unit);
    Frozen.require("direction", direction);
    Frozen.requireNotNegative("n", n);
  }

  /** A number without an interval; NaN and infinities become null. */
  public static Metric of(double value, String unit, Direction direction, long n) {
    return new Metric(Frozen.finiteOrNull(value), unit, direction, null, n);
  }
}
