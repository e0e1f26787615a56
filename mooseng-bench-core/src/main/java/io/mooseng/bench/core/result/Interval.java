package io.mooseng.bench.core.result;

import com.fasterxml.jackson.annotation.JsonFormat;

/**
 * A closed interval, in the unit of the metric it belongs to; {@code lo <= hi}. In JSON {@code [lo,
 * hi]}.
 */
@JsonFormat(shape = JsonFormat.Shape.ARRAY)
public record Interval(double lo, double hi) {

  public Interval {
    Frozen.requireFinite("lo", lo);
    Frozen.requireFinite("hi", hi);
    if (lo > hi) {
      throw new IllegalArgumentException("[" + lo + ", " + hi + "] is no interval");
    }
  }
}
