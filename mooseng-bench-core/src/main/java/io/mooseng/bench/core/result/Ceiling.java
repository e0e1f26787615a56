package io.mooseng.bench.core.result;

/**
 * The most this machine can do in one respect, measured in the same run.
 *
 * @param value null if it could not be measured here
 * @param unit for instance {@code B/s} or {@code ns}
 */
public record Ceiling(Double value, String unit) {

  public Ceiling {
    Frozen.requireFinite("ceiling", value);
    Frozen.requireText("unit of a ceiling", unit);
  }

  /** NaN and infinities become null. */
  public static Ceiling of(double value, String unit) {
    return new Ceiling(Frozen.finiteOrNull(value), unit);
  }
}
