package io.mooseng.bench.core.result;

import io.mooseng.bench.core.model.Direction;
import java.util.List;

/**
 * What JMH itself reported for the iterations of a fork.
 *
 * @param unit as JMH writes it, for instance {@code ops/s} or {@code us/op}
 * @param perIteration in order; null where JMH had no number
 */
public record JmhScores(String unit, List<Double> perIteration) {

  public JmhScores {
    Frozen.requireText("unit of a JMH score", unit);
    perIteration = Frozen.list(Frozen.require("perIteration", perIteration));
    perIteration.forEach(score -> Frozen.requireFinite("a JMH score", score));
  }

  /** NaN (JMH's own mark for no number) and infinities become null. */
  public static JmhScores of(String unit, List<Double> perIteration) {
    return new JmhScores(
        unit,
        Frozen.list(
            perIteration.stream()
                .map(score -> score == null ? null : Frozen.finiteOrNull(score))
                .toList()));
  }

  /** Read from the unit: JMH's throughput is operations per time, all else time per operation. */
  public Direction direction() {
    if (unit.startsWith("ops/")) {
      return Direction.HIGHER;
    }
    return unit.endsWith("/op") ? Direction.LOWER : Direction.NONE;
  }
}
