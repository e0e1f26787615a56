package io.mooseng.bench.core.analysis.verdict;

import java.util.Locale;

/** What can be said of a row's difference. */
public enum Verdict {
  /** Worse: certain for the family of rows it stands in, and by enough to matter. */
  REGRESSION,
  /** Better, as certain and by as much. */
  IMPROVEMENT,
  /** Not worse by as much as would matter, with 95 % confidence. */
  NO_CHANGE,
  /** Neither could be shown. */
  INCONCLUSIVE;

  /** The name used in result files. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
