package io.mooseng.bench.core.report;

import io.mooseng.bench.core.model.Quantity;
import io.mooseng.bench.core.result.ResultRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the summary says of a row of connections and streams, besides its columns. */
final class NetworkFacts {

  private NetworkFacts() {}

  /** One line for each fact that the row has. */
  static List<String> of(ResultRecord result) {
    List<String> facts = new ArrayList<>();
    Double ceiling = value(result, Quantity.WINDOW_CEILING);
    Double share = value(result, Quantity.WINDOW_SHARE);
    if (ceiling != null && share != null) {
      facts.add(
          text(
              "window / RTT (%s) allows %s MB/s: %.0f %% of that",
              HumanUnits.nanos(value(result, Quantity.WINDOW_RTT)),
              HumanUnits.megabytes(ceiling),
              100 * share));
    }
    Double wire = value(result, Quantity.WIRE_RATIO);
    if (wire != null) {
      facts.add(text("%.1f %% of the bytes were sent", 100 * wire));
    }
    Double late = value(result, Quantity.DEADLINE_LATENESS);
    if (late != null) {
      facts.add(text("told %s after the deadline, on average", HumanUnits.nanos(late)));
    }
    Double failed = value(result, Quantity.CONNECTIONS_FAILED);
    if (failed != null) {
      facts.add(text("%s connections failed", HumanUnits.number(failed)));
    }
    return facts;
  }

  private static Double value(ResultRecord result, Quantity quantity) {
    return result.valueOrNull(quantity.label());
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
