package io.mooseng.bench.core.result;

import java.util.Locale;

/**
 * A row judged against what the machine and the link can do.
 *
 * @param ceiling the name of the ceiling it was judged against, for instance {@code diskRead}
 * @param ratio the row's share of that ceiling; more than 1 is more than was ever measured
 */
public record Plausibility(String ceiling, double ratio, Verdict verdict) {

  /** What the ratio means. */
  public enum Verdict {
    PLAUSIBLE,
    /** Above the best that was measured of the ceiling. */
    SUSPICIOUS,
    /** Far above the ceiling, or faster than the link's round trip. */
    IMPOSSIBLE;

    /** The name used in result files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public Plausibility {
    Frozen.requireText("plausibility.ceiling", ceiling);
    Frozen.requireFinite("plausibility.ratio", ratio);
    Frozen.require("plausibility.verdict", verdict);
  }
}
