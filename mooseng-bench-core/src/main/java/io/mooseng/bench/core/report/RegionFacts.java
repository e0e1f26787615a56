package io.mooseng.bench.core.report;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the summary says of a row of several regions, besides its columns. */
final class RegionFacts {

  private RegionFacts() {}

  /** One line for each fact that the row has. */
  static List<String> of(ResultRecord result) {
    List<String> facts = new ArrayList<>();
    Double expected = value(result, Quantity.DISTANCE);
    Double residual = value(result, Quantity.DISTANCE_RESIDUAL);
    if (expected != null && residual != null) {
      facts.add(
          text(
              "distance explains %.1f ms of the median, %+.1f ms are left",
              expected / 1e6, residual / 1e6));
    }
    consistency(result, facts);
    failover(result, facts);
    Double start = value(result, Quantity.CLUSTER_START);
    if (start != null) {
      facts.add(text("the cluster was up and had elected a leader after %.1f s", start / 1e9));
    }
    Double lag = value(result, Quantity.REPLICATION_LAG);
    if (lag != null) {
      facts.add(text("the last region shows a write %.1f ms after its acknowledgement", lag / 1e6));
    }
    Double copied = value(result, Quantity.COPY_LAG);
    if (copied != null) {
      facts.add(text("the last region has its bytes %.1f ms after that", copied / 1e6));
    }
    return facts;
  }

  private static void consistency(ResultRecord result, List<String> facts) {
    Double checked = value(result, Quantity.CHECKED);
    if (checked != null) {
      double violations = orZero(result, Quantity.VIOLATIONS);
      double undecided = orZero(result, Quantity.UNDECIDED);
      String verdict =
          violations > 0 ? "VIOLATED" : undecided > 0 ? "undecided" : "kept by all of them";
      facts.add(
          text("%s operations checked: the promise was %s", HumanUnits.number(checked), verdict));
    }
    Double stale = value(result, Quantity.STALE_READS);
    if (stale != null && checked == null) {
      facts.add("these reads promise nothing, so nothing was checked");
    }
    if (stale != null && stale > 0) {
      facts.add(
          text(
              "%.1f %% of reads were stale, by up to %.0f writes and %.0f ms",
              100 * stale,
              orZero(result, Quantity.STALE_VERSIONS),
              orZero(result, Quantity.STALE_TIME) / 1e6));
    }
  }

  private static void failover(ResultRecord result, List<String> facts) {
    Double gap = value(result, Quantity.WRITE_GAP);
    if (gap == null) {
      return;
    }
    List<String> parts = new ArrayList<>();
    part(parts, "detected after", value(result, Quantity.FAULT_DETECTION));
    part(parts, "a leader after", value(result, Quantity.ELECTION_GAP));
    part(parts, "no write for", gap);
    part(parts, "no read for", value(result, Quantity.READ_GAP));
    part(parts, "caught up after", value(result, Quantity.CATCH_UP));
    facts.add(String.join(", ", parts));
    facts.add(
        text(
            "operations: %.0f lost, %.0f duplicated, %.0f of unknown outcome",
            orZero(result, Quantity.LOST_WRITES),
            orZero(result, Quantity.DUPLICATED_WRITES),
            orZero(result, Quantity.UNKNOWN_OUTCOMES)));
  }

  private static void part(List<String> parts, String what, Double nanos) {
    if (nanos != null) {
      parts.add(text("%s %.0f ms", what, nanos / 1e6));
    }
  }

  private static double orZero(ResultRecord result, Quantity quantity) {
    Double value = value(result, quantity);
    return value == null ? 0 : value;
  }

  private static Double value(ResultRecord result, Quantity quantity) {
    return result.valueOrNull(quantity.label());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
