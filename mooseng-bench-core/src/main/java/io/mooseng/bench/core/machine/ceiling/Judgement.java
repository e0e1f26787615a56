package io.mooseng.bench.core.machine.ceiling;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Whether a number can be true.
 *
 * @param verdict the judgement
 * @param ceiling name of the limit it was held against, such as {@code loopback.stream x 2}; empty
 *     if not judged
 * @param value the limit, in B/s, or in ns for {@code link.rtt}; empty if not judged
 * @param ratio how many times better than the limit the row is: above 1 it claims more than the
 *     machine can do; empty if not judged
 * @param reason one line for a person
 */
public record Judgement(
    Verdict verdict, String ceiling, OptionalDouble value, OptionalDouble ratio, String reason) {

  /** From the least to the most severe. */
  public enum Verdict {
    /** There is no limit to hold the row against; in result files {@code null}. */
    NOT_JUDGED,
    PLAUSIBLE,
    SUSPICIOUS,
    IMPOSSIBLE;

    /** The name used in result files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  static Judgement notJudged(String reason) {
    return new Judgement(
        Verdict.NOT_JUDGED, "", OptionalDouble.empty(), OptionalDouble.empty(), reason);
  }

  static Judgement of(Verdict verdict, String ceiling, double value, double ratio, String reason) {
    return new Judgement(
        verdict, ceiling, OptionalDouble.of(value), OptionalDouble.of(ratio), reason);
  }
}
