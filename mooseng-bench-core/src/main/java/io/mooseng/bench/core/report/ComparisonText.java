package io.mooseng.bench.core.report;

import io.mooseng.bench.core.analysis.compare.ComparedRow;
import io.mooseng.bench.core.analysis.compare.ComparedRow.Difference;
import io.mooseng.bench.core.analysis.compare.ComparedRow.Side;
import io.mooseng.bench.core.analysis.compare.Comparison;
import io.mooseng.bench.core.analysis.verdict.Verdict;
import java.util.ArrayList;
import java.util.List;

/** The words in which comparisons are told, the same in every format; plain ASCII. */
public final class ComparisonText {

  private static final double SMALL_P = 0.001;
  private static final double ROUNDS_TO_100 = 99.95;

  private ComparisonText() {}

  /** The number of rows of each verdict, those that ask for action first. */
  public static String counts(Comparison comparison) {
    List<String> counts = new ArrayList<>();
    if (comparison.failed() > 0) {
      counts.add(comparison.failed() + " failed");
    }
    counts.add(count(comparison.count(Verdict.REGRESSION), "regression"));
    counts.add(count(comparison.count(Verdict.IMPROVEMENT), "improvement"));
    counts.add(comparison.count(Verdict.NO_CHANGE) + " without a change");
    counts.add(comparison.count(Verdict.INCONCLUSIVE) + " inconclusive");
    return String.join(", ", counts);
  }

  private static String count(long number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  /** How the two runs were compared, in one line. */
  public static String method(Comparison comparison) {
    if (comparison.acrossHosts()) {
      return "across hosts: each as a share of its own ceiling; no verdicts";
    }
    return (comparison.paired()
            ? "forks in turns, compared pair by pair"
            : "forks of two runs, compared as two samples: what drifted between the runs is in the"
                + " change")
        + "; p adjusted for "
        + comparison.rows().size()
        + (comparison.rows().size() == 1 ? " row" : " rows")
        + " ("
        + comparison.adjustment()
        + ")";
  }

  public static String side(ComparedRow row, Side side) {
    if (side == null) {
      return HumanUnits.NONE;
    }
    return value(side.value(), row.unit())
        + (side.halfWidth() == null ? "" : " +-" + share(side.halfWidth()));
  }

  static String value(double value, String unit) {
    return switch (unit) {
      case "ns" -> HumanUnits.nanos(value);
      case "B/s" -> HumanUnits.megabytes(value) + " MB/s";
      default -> HumanUnits.number(value) + " " + Style.plain(unit);
    };
  }

  /** For instance {@code +5.2% [+3.1%, +7.3%]}. */
  public static String change(Difference difference) {
    return difference == null
        ? HumanUnits.NONE
        : signed(difference.change())
            + " ["
            + signed(difference.lo())
            + ", "
            + signed(difference.hi())
            + "]";
  }

  public static String signed(double share) {
    return (share < 0 ? "" : "+") + share(share);
  }

  /** For instance {@code 5.2%}. */
  static String share(double share) {
    double percent = 100 * share;
    return HumanUnits.fixed(percent, Math.abs(percent) >= ROUNDS_TO_100 ? 0 : 1) + "%";
  }

  public static String p(Difference difference) {
    if (!isTested(difference)) {
      return HumanUnits.NONE;
    }
    double p = difference.adjusted();
    return p < SMALL_P ? "<0.001" : HumanUnits.fixed(p, 3);
  }

  public static String forks(ComparedRow row) {
    if (row.base() == null || row.candidate() == null) {
      return HumanUnits.NONE;
    }
    return row.base().forks() + "+" + row.candidate().forks();
  }

  /** In capitals where somebody should look. */
  public static String verdict(ComparedRow row) {
    if (row.failed()) {
      return "FAILED";
    }
    if (row.verdict() == null) {
      return "";
    }
    return switch (row.verdict()) {
      case REGRESSION -> "REGRESSION";
      case IMPROVEMENT -> "improvement";
      case NO_CHANGE -> "no change";
      case INCONCLUSIVE -> "inconclusive";
    };
  }

  /** What stands below a row: its notes, and what it could have shown. */
  public static List<String> remarks(ComparedRow row) {
    List<String> remarks = new ArrayList<>();
    row.notes().forEach(note -> remarks.add(Style.plain(note)));
    Difference difference = row.difference();
    if (row.verdict() == Verdict.INCONCLUSIVE && isTested(difference)) {
      remarks.add(
          "would have shown a change for the worse of "
              + share(difference.detectable())
              + " or more");
    }
    if (difference != null && difference.raised()) {
      remarks.add(
          "what matters here begins at "
              + share(difference.threshold())
              + ": this machine shows as much without a cause");
    }
    return remarks;
  }

  private static boolean isTested(Difference difference) {
    return difference != null && difference.adjusted() != null;
  }

  /** Share of a ceiling, or a dash. */
  public static String ofCeiling(Side side) {
    return side == null || side.ofCeiling() == null ? HumanUnits.NONE : share(side.ofCeiling());
  }
}
