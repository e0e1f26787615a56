package io.mooseng.bench.core.machine.ceiling;

import java.util.List;
import java.util.Objects;

/**
 * One measured limit of the machine.
 *
 * @param kind what was measured, which tells the unit
 * @param samples in the order measured, in {@code kind.unit()}; each positive and finite
 */
public record Ceiling(CeilingKind kind, List<Double> samples) {

  public Ceiling {
    Objects.requireNonNull(kind, "kind");
    samples = List.copyOf(samples);
    if (samples.isEmpty() || samples.stream().anyMatch(s -> !(s > 0) || s.isInfinite())) {
      throw new IllegalArgumentException(
          "samples of " + kind.label() + " are " + samples + "; accepted: positive numbers");
    }
  }

  /** The best sample, which is the ceiling. */
  public double value() {
    return kind.best(samples);
  }
}
